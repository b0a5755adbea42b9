//! Answers that several questions share.

use super::text_form::choices;

choices! {
    /// あり or なし.
    Has {
        /// あり
        Yes = "yes" registration_choice_has_yes,
        /// なし
        No = "no" registration_choice_has_no,
    }
}

choices! {
    /// 可 or 不可.
    Can {
        /// 可
        Yes = "yes" registration_choice_can_yes,
        /// 不可
        No = "no" registration_choice_can_no,
    }
}

choices! {
    /// 希望する or 希望しない.
    Wants {
        /// 希望する
        Yes = "yes" registration_choice_wants_yes,
        /// 希望しない
        No = "no" registration_choice_wants_no,
    }
}
