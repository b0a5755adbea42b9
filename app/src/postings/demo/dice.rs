//! Chance that always falls the same way: splitmix64, written out so that no library's next version changes what a seed gives.

/// A stream of chance, fixed by its seed and what it is for.
#[derive(Clone, Debug)]
pub(super) struct Dice(u64);

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

const fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Dice {
    /// The stream of one thing (`purpose` tells postings from employers) with its number.
    pub(super) const fn new(seed: u64, purpose: u64, number: u64) -> Self {
        Self(mix(mix(seed ^ purpose.wrapping_mul(STEP)).wrapping_add(number)))
    }

    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mix(self.0)
    }

    /// A number below `bound`; 0 for a bound of 0.
    pub(super) const fn below(&mut self, bound: u32) -> u32 {
        (((self.next() >> 32) * bound as u64) >> 32) as u32
    }

    /// A number from `from` to `to`, both included.
    pub(super) const fn between(&mut self, from: u32, to: u32) -> u32 {
        from + self.below(to - from + 1)
    }

    /// True in so many of a thousand cases.
    pub(super) const fn permille(&mut self, share: u32) -> bool {
        self.below(1000) < share
    }

    /// One of several.
    pub(super) fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(len(from)) as usize]
    }

    /// The place of one of several, each as likely as its weight says.
    pub(super) fn weighted(&mut self, weights: impl Iterator<Item = u32> + Clone) -> usize {
        let mut rest = self.below(weights.clone().sum());
        for (at, weight) in weights.enumerate() {
            if rest < weight {
                return at;
            }
            rest -= weight;
        }
        0
    }
}

/// A table's length; tables of words are short.
#[expect(clippy::cast_possible_truncation, reason = "tables of words have far fewer than four thousand million entries")]
pub(super) const fn len<T>(table: &[T]) -> u32 {
    table.len() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_stream_and_another_one_does_not() {
        let stream = |seed, number| {
            let mut dice = Dice::new(seed, 1, number);
            (0..8).map(|_| dice.below(1_000_000)).collect::<Vec<_>>()
        };
        assert_eq!(stream(1, 7), stream(1, 7));
        assert_ne!(stream(1, 7), stream(2, 7));
        assert_ne!(stream(1, 7), stream(1, 8));
    }

    #[test]
    fn weights_say_how_often_and_bounds_are_kept() {
        let mut dice = Dice::new(1, 2, 3);
        let weights = [1, 0, 9];
        let mut hits = [0_u32; 3];
        for _ in 0..10_000 {
            hits[dice.weighted(weights.iter().copied())] += 1;
            assert!((3..=5).contains(&dice.between(3, 5)));
        }
        assert_eq!(hits[1], 0);
        assert!((800..1200).contains(&hits[0]), "{hits:?}");
    }
}
