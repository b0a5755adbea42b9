//! 求人票: the posting sheet.
