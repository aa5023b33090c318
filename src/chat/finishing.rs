//! Finishing what was begun, whether or not somebody still waits for it.

use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_util::FutureExt;

use super::ChatError;

/// Runs `step` to its end, even if the caller is dropped meanwhile.
///
/// Not an async function, which would hold the step beside the box that it is put into.
pub(super) fn finished<T, F>(step: F) -> impl Future<Output = Result<T, ChatError>>
where
    T: Send + 'static,
    F: Future<Output = Result<T, ChatError>> + Send + 'static,
{
    let step = AssertUnwindSafe(step).catch_unwind();
    let finishing = Finishing {
        step: Some(Box::pin(step)),
    };
    finishing.map(|result| result.unwrap_or(Err(ChatError::Panicked)))
}

/// A step that its caller polls. Only if the caller goes away in the middle, because its connection broke, the rest
/// becomes a task of its own: a task for each message would cost all of them what few need.
struct Finishing<F: Future<Output: Send> + Send + 'static> {
    step: Option<Pin<Box<F>>>,
}

impl<F: Future<Output: Send> + Send + 'static> Future for Finishing<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let step = self.step.as_mut().expect("nobody polls what is done");
        let output = ready!(step.as_mut().poll(cx));
        self.step = None;
        Poll::Ready(output)
    }
}

impl<F: Future<Output: Send> + Send + 'static> Drop for Finishing<F> {
    fn drop(&mut self) {
        // A step that belongs to a runtime that is gone is not gone on with.
        if let Some(step) = self.step.take()
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            runtime.spawn(step);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_step_that_waits_goes_on_without_its_caller() {
        let (turn, its_turn) = tokio::sync::oneshot::channel::<()>();
        let (done, is_done) = tokio::sync::oneshot::channel();
        let mut call = Box::pin(finished(async move {
            its_turn.await.expect("the test sends");
            done.send(()).expect("the test waits");
            Ok(1)
        }));
        assert!(futures_util::poll!(&mut call).is_pending());
        drop(call);
        turn.send(()).expect("the step goes on");
        is_done.await.expect("the step is done");
    }

    #[tokio::test]
    async fn a_panic_is_an_answer_at_once_and_later() {
        let at_once = finished::<(), _>(async { panic!("on purpose") });
        assert!(matches!(at_once.await, Err(ChatError::Panicked)));
        let later = finished::<(), _>(async {
            tokio::task::yield_now().await;
            panic!("on purpose")
        });
        assert!(matches!(later.await, Err(ChatError::Panicked)));
    }
}
