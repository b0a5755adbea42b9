//! Pushes as a browser and its push service see them: a stand-in on loopback takes them, and reads them with the browser's key.

use super::*;
use crate::account::db::testing::some_account;
use crate::account::{AccountId, CurrentUser, Role};
use crate::clock::Clock;
use crate::database::Database;
use crate::database::testing::on_each;
use crate::notices::{self, Kind, NewNotice};
use crate::sessions;
use aes_gcm::aead::{Aead, Nonce};
use aes_gcm::{Aes128Gcm, KeyInit};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use hkdf::Hkdf;
use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{Signature, VerifyingKey};
use p256::elliptic_curve::Generate;
use p256::elliptic_curve::sec1::ToSec1Point;
use p256::{PublicKey, SecretKey};
use sha2::Sha256;
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

const ORIGIN: &str = "https://mypage.example";
const NOW: i64 = 1_795_741_200_000;
const SECRET: [u8; 16] = [7; 16];

/// A request as the stand-in saw it.
#[derive(Clone, Debug)]
struct Seen {
    path: String,
    headers: HashMap<String, String>,
    body: Vec<u8>,
}

/// A push service on a free port: the first part of a path is the status that it answers with.
struct StandIn {
    origin: String,
    seen: Arc<Mutex<Vec<Seen>>>,
    browser: SecretKey,
}

impl StandIn {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let origin = format!("http://{}", listener.local_addr().expect("an address"));
        let seen = Arc::new(Mutex::new(Vec::new()));
        let kept: Arc<Mutex<Vec<Seen>>> = Arc::clone(&seen);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = BufReader::new(stream.expect("a connection"));
                let Some(request) = read_request(&mut stream) else { continue };
                let status = request.path.split('/').nth(1).unwrap_or_default().to_owned();
                kept.lock().expect("no test panics with it").push(request);
                let answer = format!("HTTP/1.1 {status} x\r\nretry-after: 600\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
                stream.get_mut().write_all(answer.as_bytes()).expect("the client reads");
            }
        });
        Self { origin, seen, browser: SecretKey::generate() }
    }

    fn push(&self) -> Push {
        Push { key: "0c".repeat(32).parse().expect("a key"), services: self.origin.parse().expect("an origin"), bell: Bell::default() }
    }

    fn post(&self) -> Post {
        Post::new(self.push(), ORIGIN)
    }

    /// A browser whose pushes are answered with this status.
    fn subscription(&self, status: u16, name: &str) -> Subscription {
        let key = BASE64.encode(self.browser.public_key().to_sec1_point(false).as_bytes());
        let endpoint = format!("{}/{status}/{name}", self.origin);
        Subscription::read(&self.push().services, &endpoint, &key, &BASE64.encode(SECRET)).expect("a subscription")
    }

    fn seen(&self) -> Vec<Seen> {
        self.seen.lock().expect("no test panics with it").clone()
    }

    /// What the browser reads (RFC 8291 section 3.4, from its side).
    fn read(&self, body: &[u8]) -> serde_json::Value {
        let (salt, rest) = body.split_at(16);
        let (size, rest) = rest.split_at(4);
        assert_eq!(size, 4096_u32.to_be_bytes());
        let (sender, sealed) = rest[1..].split_at(usize::from(rest[0]));
        let own = self.browser.public_key().to_sec1_point(false);
        let shared = self.browser.diffie_hellman(&PublicKey::from_sec1_bytes(sender).expect("a point"));
        let derive = |from: &Hkdf<Sha256>, info: &[u8], length: usize| {
            let mut bytes = vec![0; length];
            from.expand(info, &mut bytes).expect("a short key");
            bytes
        };
        let info = [b"WebPush: info\0".as_slice(), own.as_bytes(), sender].concat();
        let material = derive(&shared.extract::<Sha256>(Some(&SECRET)), &info, 32);
        let keys = Hkdf::<Sha256>::new(Some(salt), &material);
        let key: [u8; 16] = derive(&keys, b"Content-Encoding: aes128gcm\0", 16).try_into().expect("16 bytes");
        let nonce: [u8; 12] = derive(&keys, b"Content-Encoding: nonce\0", 12).try_into().expect("12 bytes");
        let record = Aes128Gcm::new(&key.into()).decrypt(&Nonce::<Aes128Gcm>::from(nonce), sealed).expect("it is for this browser");
        let end = record.iter().rposition(|byte| *byte != 0).expect("an end mark");
        assert_eq!(record[end], 2);
        serde_json::from_slice(&record[..end]).expect("JSON")
    }
}

fn read_request(stream: &mut impl BufRead) -> Option<Seen> {
    let mut line = String::new();
    stream.read_line(&mut line).ok()?;
    let path = line.split(' ').nth(1)?.to_owned();
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim().split_once(": ") else { break };
        headers.insert(name.to_lowercase(), value.to_owned());
    }
    let mut body = vec![0; headers.get("content-length")?.parse().ok()?];
    stream.read_exact(&mut body).ok()?;
    Some(Seen { path, headers, body })
}

async fn signed_in(database: &Database, account: &AccountId, token: &str) -> CurrentUser {
    let mut transaction = database.begin().await.expect("a transaction");
    sessions::db::begin(&mut transaction, token, (account, Role::Seeker), "スマートフォン", NOW).await.expect("begun");
    transaction.commit().await.expect("a commit");
    sessions::db::find(database, token, NOW).await.expect("an answer").expect("signed in").0
}

async fn subscribe(database: &Database, user: &CurrentUser, to: &Subscription, now: i64) {
    let mut transaction = database.begin().await.expect("a transaction");
    db::subscribe(&mut transaction, user, to, now).await.expect("subscribed");
    transaction.commit().await.expect("a commit");
}

/// Somebody whose one browser is reached under this address.
async fn told(database: &Database, to: &Subscription) -> AccountId {
    let account = some_account(database, "a@example.jp").await;
    let user = signed_in(database, &account, "t").await;
    subscribe(database, &user, to, NOW).await;
    account
}

async fn notice(database: &Database, account: &AccountId, kind: Kind) {
    let mut transaction = database.begin().await.expect("a transaction");
    let notice = NewNotice { account, kind, subject: "株式会社見本から", body: "面接の案内です", path: "/applications/1" };
    db::queue(&mut transaction, notice, NOW).await.expect("queued");
    transaction.commit().await.expect("a commit");
}

#[tokio::test]
async fn the_browser_alone_reads_that_there_is_a_notice_and_nothing_of_what_it_says() {
    on_each(async |database| {
        let service = StandIn::new();
        let account = told(&database, &service.subscription(201, "a")).await;
        notice(&database, &account, Kind::Application).await;
        let sent = send_due(&database, &service.post(), &Clock::standing_at(NOW)).await.expect("sent");
        assert_eq!(sent, Sent { taken: 1, ..Sent::default() });
        assert_eq!(send_due(&database, &service.post(), &Clock::standing_at(NOW)).await.expect("sent"), Sent::default(), "once");

        let seen = service.seen();
        let [request] = seen.as_slice() else { panic!("{seen:?}") };
        let header = |name: &str| request.headers.get(name).map(String::as_str);
        assert_eq!((header("content-encoding"), header("ttl")), (Some("aes128gcm"), Some("86400")));
        assert_eq!(
            service.read(&request.body),
            serde_json::json!({ "title": "求職者マイページ", "body": Kind::Application.push_words(), "path": "/applications/1" })
        );
        let authorization = header("authorization").expect("we say who we are");
        let (token, key) = authorization.strip_prefix("vapid t=").and_then(|rest| rest.split_once(", k=")).expect("both parts");
        let (signed, signature) = token.rsplit_once('.').expect("a signature");
        let bytes = |text: &str| BASE64.decode(text).expect("base64url");
        let verifier = VerifyingKey::from_sec1_bytes(&bytes(key)).expect("a point");
        verifier.verify(signed.as_bytes(), &Signature::from_slice(&bytes(signature)).expect("64 bytes")).expect("signed by us");
        let claims: serde_json::Value = serde_json::from_slice(&bytes(signed.split('.').nth(1).expect("claims"))).expect("JSON");
        assert_eq!((claims["aud"].as_str(), claims["sub"].as_str()), (Some(service.origin.as_str()), Some(ORIGIN)));
    })
    .await;
}

#[tokio::test]
async fn what_a_service_cannot_take_now_is_tried_again_when_it_says_and_given_up_when_it_is_of_no_use() {
    on_each(async |database| {
        let service = StandIn::new();
        let account = told(&database, &service.subscription(429, "a")).await;
        notice(&database, &account, Kind::General).await;
        let post = service.post();
        for (later, expected) in [
            (0, Sent { later: 1, ..Sent::default() }),
            (599_999, Sent::default()),
            (600_000, Sent { later: 1, ..Sent::default() }),
            (USEFUL_MS - 1, Sent { dropped: 1, ..Sent::default() }),
            (USEFUL_MS, Sent::default()),
        ] {
            assert_eq!(
                send_due(&database, &post, &Clock::standing_at(NOW + later)).await.expect("an answer"),
                expected,
                "after {later} ms"
            );
        }
        let times: Vec<_> = service.seen().iter().filter_map(|request| request.headers.get("ttl").cloned()).collect();
        assert_eq!(times, ["86400", "85800", "0"]);
        assert_eq!(db::of(&database, &account).await.expect("an answer").len(), 1, "it is still to be told");
    })
    .await;
}

#[tokio::test]
async fn a_browser_that_is_gone_is_forgotten_and_what_is_refused_is_not_tried_again() {
    on_each(async |database| {
        let service = StandIn::new();
        let account = some_account(&database, "a@example.jp").await;
        for (status, token) in [(410, "gone"), (404, "unknown"), (400, "refused"), (301, "moved")] {
            let user = signed_in(&database, &account, token).await;
            subscribe(&database, &user, &service.subscription(status, token), NOW).await;
        }
        notice(&database, &account, Kind::General).await;
        let sent = send_due(&database, &service.post(), &Clock::standing_at(NOW)).await.expect("sent");
        assert_eq!(sent, Sent { dropped: 4, ..Sent::default() });
        let left: Vec<_> = db::of(&database, &account).await.expect("an answer").into_iter().map(|browser| browser.endpoint).collect();
        assert!(left.len() == 2 && left.iter().all(|endpoint| endpoint.contains("/400/") || endpoint.contains("/301/")), "{left:?}");
        assert_eq!(
            send_due(&database, &service.post(), &Clock::standing_at(NOW + USEFUL_MS / 2)).await.expect("an answer"),
            Sent::default()
        );
    })
    .await;
}

#[tokio::test]
async fn nothing_is_called_that_is_no_push_service_any_more() {
    on_each(async |database| {
        let service = StandIn::new();
        let account = told(&database, &service.subscription(201, "a")).await;
        notice(&database, &account, Kind::General).await;
        let post = Post::new(Push { services: Services::default(), ..service.push() }, ORIGIN);
        assert_eq!(send_due(&database, &post, &Clock::standing_at(NOW)).await.expect("an answer"), Sent { dropped: 1, ..Sent::default() });
        assert!(service.seen().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_service_out_of_reach_is_tried_again() {
    on_each(async |database| {
        let service = StandIn::new();
        // A port that nobody listens on: it was free a moment ago.
        let nobody = TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address");
        let push = Push { services: format!("http://{nobody}").parse().expect("an origin"), ..service.push() };
        let to = Subscription { endpoint: format!("http://{nobody}/x"), ..service.subscription(201, "x") };
        let account = told(&database, &to).await;
        notice(&database, &account, Kind::General).await;
        let sent = send_due(&database, &Post::new(push, ORIGIN), &Clock::standing_at(NOW)).await.expect("an answer");
        assert_eq!(sent, Sent { later: 1, ..Sent::default() });
    })
    .await;
}

#[tokio::test]
async fn who_switched_a_kind_off_ended_it_or_signed_out_is_told_nothing() {
    on_each(async |database| {
        let service = StandIn::new();
        let account = some_account(&database, "a@example.jp").await;
        let other = some_account(&database, "b@example.jp").await;
        let user = signed_in(&database, &account, "t").await;
        let to = service.subscription(201, "a");
        let queued = async || {
            notice(&database, &account, Kind::Seminar).await;
            send_due(&database, &service.post(), &Clock::standing_at(NOW)).await.expect("sent").taken
        };
        let switch = async |on: bool| {
            let mut transaction = database.begin().await.expect("a transaction");
            notices::db::set_push(&mut transaction, &account, Kind::Seminar, on).await.expect("switched");
            transaction.commit().await.expect("a commit");
        };
        let end = async |account: &AccountId, id: &str| {
            let mut transaction = database.begin().await.expect("a transaction");
            db::end(&mut transaction, account, id).await.expect("ended");
            transaction.commit().await.expect("a commit");
        };
        subscribe(&database, &user, &to, NOW).await;
        subscribe(&database, &user, &to, NOW).await;
        assert_eq!(queued().await, 1, "saying it twice tells once");

        switch(false).await;
        assert_eq!(queued().await, 0);
        switch(true).await;
        assert_eq!(queued().await, 1);

        let id = db::of(&database, &account).await.expect("an answer")[0].id.clone();
        end(&other, &id).await;
        assert_eq!(queued().await, 1, "another account ends nothing");
        end(&account, &id).await;
        assert_eq!((queued().await, db::of(&database, &account).await.expect("an answer").len()), (0, 0));
        subscribe(&database, &user, &to, NOW).await;
        assert_eq!(queued().await, 1, "begun again");

        let mut transaction = database.begin().await.expect("a transaction");
        sessions::db::end(&mut transaction, &account, &user.session).await.expect("signed out");
        transaction.commit().await.expect("a commit");
        assert_eq!(queued().await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_browser_tells_one_account_and_an_account_ten_browsers() {
    on_each(async |database| {
        let service = StandIn::new();
        let (account, other) = (some_account(&database, "a@example.jp").await, some_account(&database, "b@example.jp").await);
        let shared = service.subscription(201, "shared");
        let first = signed_in(&database, &account, "first").await;
        subscribe(&database, &first, &shared, NOW).await;
        let second = signed_in(&database, &other, "second").await;
        subscribe(&database, &second, &shared, NOW).await;
        assert!(db::of(&database, &account).await.expect("an answer").is_empty(), "the phone has another owner now");
        for n in 0..12 {
            let user = signed_in(&database, &account, &format!("t{n}")).await;
            subscribe(&database, &user, &service.subscription(201, &n.to_string()), NOW + n).await;
        }
        let told: Vec<_> = db::of(&database, &account).await.expect("an answer").into_iter().map(|browser| browser.since - NOW).collect();
        assert_eq!(told, (2..12).rev().collect::<Vec<_>>());
        // A browser that changed its address.
        let user = signed_in(&database, &account, "t11").await;
        subscribe(&database, &user, &service.subscription(201, "new"), NOW + 12).await;
        let told = db::of(&database, &account).await.expect("an answer");
        assert!(told.len() == 10 && told[0].endpoint.ends_with("/new"), "{told:?}");
    })
    .await;
}
