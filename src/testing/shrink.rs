//! Shrinking: a list that fails, made as short as leaving things out makes it.

/// The shortest list that leaving out makes of `items` so that it still fails: none of its items can go alone
/// (delta debugging, with halves of halves first because they save most).
///
/// `fails` says of a list what of it was needed up to its failure, and `None` if it does not fail.
pub(super) fn shrink<T: Clone>(
    mut items: Vec<T>,
    mut fails: impl FnMut(&[T]) -> Option<Vec<T>>,
) -> Vec<T> {
    let mut chunk = items.len().div_ceil(2).max(1);
    loop {
        let before = items.len();
        let mut start = 0;
        while start < items.len() {
            let end = items.len().min(start + chunk);
            let rest = [&items[..start], &items[end..]].concat();
            match fails(&rest) {
                Some(needed) => items = needed,
                None => start = end,
            }
        }
        match chunk {
            1 if items.len() == before => return items,
            1 => {}
            _ => chunk /= 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The shortest part of 0 to 99 that has all of `wanted`.
    #[track_caller]
    fn check(wanted: &[u32]) {
        let mut tries = 0;
        let shrunk = shrink((0..100).collect(), |items| {
            tries += 1;
            let has_all = wanted.iter().all(|item| items.contains(item));
            has_all.then(|| items.to_vec())
        });
        assert_eq!(shrunk, wanted);
        assert!(tries < 300, "{tries}");
    }

    #[test]
    fn what_is_needed_is_left() {
        check(&[]);
        check(&[0]);
        check(&[99]);
        check(&[3, 50, 51, 97]);
    }

    #[test]
    fn no_item_can_go_alone_even_where_one_needs_another_gone() {
        // Fails where there are as many 0 as 1: both have to go together, or one after another.
        let even = |items: &[u8]| items.iter().filter(|&&item| item == 2).count() == 1;
        let shrunk = shrink(vec![0, 1, 2, 0, 1], |items| {
            even(items).then(|| items.to_vec())
        });
        assert_eq!(shrunk, [2]);
    }
}
