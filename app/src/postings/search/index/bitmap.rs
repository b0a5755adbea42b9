//! A set of documents, one bit each.

/// A set of the numbers `0..len`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bitmap {
    words: Vec<u64>,
    len: u32,
}

impl Bitmap {
    /// The empty set.
    #[must_use]
    pub fn none(len: u32) -> Self {
        Self { words: vec![0; len.div_ceil(64) as usize], len }
    }

    /// The numbers for which `holds` is true.
    #[must_use]
    pub fn of(len: u32, mut holds: impl FnMut(usize) -> bool) -> Self {
        let word = |at: usize| (0..64.min(len as usize - at * 64)).fold(0, |word, bit| word | u64::from(holds(at * 64 + bit)) << bit);
        Self { words: (0..len.div_ceil(64) as usize).map(word).collect(), len }
    }

    /// The set of a column's values that `holds` accepts; compiles to wide instructions.
    #[must_use]
    pub fn of_column<T: Copy>(column: &[T], holds: impl Fn(T) -> bool) -> Self {
        let word = |chunk: &[T]| chunk.iter().enumerate().fold(0, |word, (bit, value)| word | u64::from(holds(*value)) << bit);
        let len = u32::try_from(column.len()).unwrap_or(u32::MAX);
        Self { words: column.chunks(64).map(word).collect(), len }
    }

    /// Reads the words of a set as [`Bitmap::bytes`] wrote them; missing ones are zero.
    #[must_use]
    pub fn from_bytes(bytes: &[u8], len: u32) -> Self {
        let words = bytes.chunks_exact(8).map(|word| u64::from_le_bytes(word.try_into().unwrap_or_default())).collect();
        let mut set = Self { words, len };
        set.words.resize(len.div_ceil(64) as usize, 0);
        set.trim();
        set
    }

    /// The set as little-endian words.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.words.iter().flat_map(|word| word.to_le_bytes()).collect()
    }

    fn trim(&mut self) {
        if let (Some(last), over @ 1..) = (self.words.last_mut(), self.len % 64) {
            *last &= (1 << over) - 1;
        }
    }

    /// How many numbers it can hold.
    #[must_use]
    pub const fn len(&self) -> u32 {
        self.len
    }

    /// How many numbers are in it.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.words.iter().map(|word| word.count_ones()).sum()
    }

    /// How many numbers are in both sets.
    #[must_use]
    pub fn count_with(&self, other: &Self) -> u32 {
        self.words.iter().zip(&other.words).map(|(a, b)| (a & b).count_ones()).sum()
    }

    /// Puts a number in.
    pub fn insert(&mut self, number: u32) {
        self.words[(number / 64) as usize] |= 1 << (number % 64);
    }

    /// Whether a number is in it.
    #[must_use]
    pub fn has(&self, number: u32) -> bool {
        self.words[(number / 64) as usize] >> (number % 64) & 1 == 1
    }

    /// Keeps what is also in `other`.
    pub fn and(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(a, b)| *a &= b);
    }

    /// Keeps what is not in `other`.
    pub fn and_not(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(a, b)| *a &= !b);
    }

    /// Adds what is in `other`.
    pub fn or(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(a, b)| *a |= b);
    }

    /// Adds the words of a set as [`Bitmap::bytes`] wrote them.
    pub fn or_bytes(&mut self, bytes: &[u8]) {
        let words = bytes.chunks_exact(8).map(|word| u64::from_le_bytes(word.try_into().unwrap_or_default()));
        self.words.iter_mut().zip(words).for_each(|(a, b)| *a |= b);
    }

    /// The numbers in it, ascending.
    pub fn iter(&self) -> impl Iterator<Item = u32> {
        self.iter_after(0)
    }

    /// The numbers in it without the first `skip` of them, ascending.
    pub fn iter_after(&self, skip: usize) -> impl Iterator<Item = u32> {
        let mut left = skip;
        let mut start = 0;
        while let Some(ones) = self.words.get(start).map(|word| word.count_ones() as usize).filter(|ones| *ones <= left) {
            left -= ones;
            start += 1;
        }
        (0u32..).zip(&self.words).skip(start).flat_map(|(at, word)| Ones(*word).map(move |bit| at * 64 + bit)).skip(left)
    }
}

/// The places of the ones in a word, ascending.
struct Ones(u64);

impl Iterator for Ones {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        (self.0 != 0).then(|| {
            let bit = self.0.trailing_zeros();
            self.0 &= self.0 - 1;
            bit
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn it_is_a_set(a in proptest::collection::btree_set(0u32..300, 0..80), b in proptest::collection::btree_set(0u32..300, 0..80), skip in 0usize..90) {
            let make = |set: &BTreeSet<u32>| Bitmap::of(300, |n| set.contains(&u32::try_from(n).expect("small")));
            let (x, y) = (make(&a), make(&b));
            prop_assert_eq!(x.iter().collect::<BTreeSet<_>>(), a.clone());
            prop_assert_eq!(x.iter_after(skip).collect::<Vec<_>>(), a.iter().copied().skip(skip).collect::<Vec<_>>());
            prop_assert_eq!(x.count_with(&y) as usize, a.intersection(&b).count());
            let mut both = x.clone();
            both.and(&y);
            prop_assert_eq!(both.iter().collect::<Vec<_>>(), a.intersection(&b).copied().collect::<Vec<_>>());
            let mut minus = x.clone();
            minus.and_not(&y);
            prop_assert_eq!(minus.iter().collect::<Vec<_>>(), a.difference(&b).copied().collect::<Vec<_>>());
            let mut either = x.clone();
            either.or_bytes(&y.bytes());
            prop_assert_eq!(either.count() as usize, a.union(&b).count());
            prop_assert_eq!(Bitmap::from_bytes(&x.bytes(), 300), x);
        }
    }

    #[test]
    fn all_of_a_length_that_is_no_multiple_of_a_word_ends_there() {
        assert_eq!(Bitmap::of_column(&[1u8; 70], |v| v == 1).count(), 70);
        assert_eq!(Bitmap::from_bytes(&[0xff; 16], 70).count(), 70);
        assert_eq!(Bitmap::none(0).iter().next(), None);
    }
}
