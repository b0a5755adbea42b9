//! The `mypage` binary.

fn main() {}
