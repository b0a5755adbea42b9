//! Writes feed XML of plausible, obviously invented postings; they enter through the same importer as real ones.
