//! `mypage serve`.

use super::accounts::AccountOptions;
use crate::bundle::Bundle;
use app::account::demo;
use app::clock::Clock;
use app::database::Database;
use app::documents::Store;
use app::mail::keep_sending;
use app::notices::group;
use app::postings::feed::{BarrierFreeTags, FeedSettings};
use app::postings::search::index::SearchIndex;
use app::postings::search::recent::RecentAnswers;
use app::push;
use app::requests::published;
use app::state::AppState;
use app::text;
use axum::serve::ListenerExt;
use clap::Args;
use std::error::Error;
use std::net::SocketAddr;
use std::path::PathBuf;
use tokio::net::TcpListener;

/// Flags of `mypage serve`.
#[derive(Args)]
pub struct Serve {
    /// Address and port to listen on.
    #[arg(long, env = "MYPAGE_LISTEN", default_value = "127.0.0.1:3000")]
    listen: SocketAddr,
    /// The built front end.
    #[arg(long, env = "MYPAGE_DIST", default_value = "dist")]
    dist: PathBuf,
    /// The database: `sqlite://…` or `postgres://…`.
    #[arg(long, env = "MYPAGE_DATABASE_URL", default_value = "sqlite://data/mypage.db")]
    database_url: String,
    /// Where the search index and other derived or attached files live.
    #[arg(long, env = "MYPAGE_DATA", default_value = "data")]
    data: PathBuf,
    /// Which items of the feed state barrier-free facts: `elevator=TAG,braille=TAG,…`
    #[arg(long, env = "MYPAGE_FEED_BARRIER_FREE", default_value = "", hide_default_value = true)]
    barrier_free: BarrierFreeTags,
    #[command(flatten)]
    accounts: AccountOptions,
}

impl Serve {
    /// Serves until the process is told to stop (SIGINT or SIGTERM), then lets running requests end.
    ///
    /// # Errors
    /// If the bundle, the database or the address is not to be had.
    pub async fn run(self) -> Result<(), Box<dyn Error + Send + Sync>> {
        let bundle = Bundle::read(&self.dist)?;
        let database = Database::open(&self.database_url).await?;
        let index = SearchIndex::open(self.data.join("index"))?;
        let accounts = self.accounts.settings(&self.data)?;
        let transport = self.accounts.transport(&self.data)?;
        let settings = FeedSettings { barrier_free: self.barrier_free };
        let following = tokio::spawn(crate::indexing::keep_following(index.clone(), database.clone(), settings));
        let clock = Clock::default();
        let tidying = tokio::spawn(crate::tidying::keep_tidy(database.clone(), Store::new(self.data.join("documents")), clock.clone()));
        let bell = accounts.as_ref().map(|accounts| accounts.bell.clone()).unwrap_or_default();
        let sending = tokio::spawn(keep_sending(database.clone(), transport, clock.clone(), bell));
        let pushing = accounts.clone().and_then(|settings| {
            let push = settings.push.clone()?;
            let bell = push.bell.clone();
            let post = push::Post::new(push, &settings.origin);
            Some(tokio::spawn(push::keep_sending(database.clone(), post, clock.clone(), bell)))
        });
        let delivering = accounts.clone().map(|settings| tokio::spawn(group::keep_delivering(database.clone(), settings)));
        let reminding =
            accounts.clone().map(|settings| tokio::spawn(crate::reminding::keep_reminding(database.clone(), settings, clock.clone())));
        if accounts.is_none() {
            tracing::warn!("{} is missing: nobody can sign in or up", crate::keys::SESSION_KEY);
        }
        if accounts.as_ref().is_some_and(|accounts| accounts.field_keys.is_none()) {
            tracing::warn!("{} is missing: nobody can register", crate::keys::FIELD_KEY);
        }
        if accounts.as_ref().is_some_and(|accounts| accounts.push.is_none()) {
            tracing::warn!("{} is missing: notices come by mail alone", crate::keys::VAPID_KEY);
        }
        let filling = tokio::spawn({
            let database = database.clone();
            async move {
                if let Err(error) = published::fill(&database).await {
                    tracing::error!(%error, "published profiles could not be looked through");
                }
            }
        });
        if self.accounts.demo {
            demo::make_people(&database, clock.now()).await?;
            app::establishments::demo::link(&database, demo::EMPLOYER, clock.now()).await?;
            for (role, email) in demo::PEOPLE {
                println!("{}", text::account_demo_person(role.label(), email, demo::PASSWORD));
            }
        }
        let state = AppState { clock, database: database.clone(), index, answers: RecentAnswers::default() };
        let router = crate::router::router(state, bundle, accounts);
        let listener = TcpListener::bind(self.listen).await?;
        // Port 0 asks for a free one.
        let address = listener.local_addr()?;
        // Without TCP_NODELAY a streamed page waits 44 ms for a delayed acknowledgement (DESIGN.md).
        let listener = listener.tap_io(|stream| {
            if let Err(error) = stream.set_nodelay(true) {
                tracing::debug!(%error, "TCP_NODELAY was refused");
            }
        });
        println!("http://{address}");
        axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>()).with_graceful_shutdown(told_to_stop()).await?;
        for job in [following, tidying, sending, filling].into_iter().chain(pushing).chain(delivering).chain(reminding) {
            job.abort();
        }
        database.close().await;
        Ok(())
    }
}

async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let interrupt = tokio::signal::ctrl_c();
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
        }
        Err(error) => {
            tracing::warn!(%error, "SIGTERM is not handled");
            if let Err(error) = interrupt.await {
                tracing::warn!(%error, "SIGINT is not handled");
            }
        }
    }
}
