//! A service: decisions and their reasons over HTTP, from many threads, under law that is replaced
//! while it serves.
//!
//! ```sh
//! cargo run --example service -- 127.0.0.1:8080 policies
//! curl -d @examples/zhongshan-family.json http://127.0.0.1:8080/decide
//! curl -d @examples/zhongshan-family.json http://127.0.0.1:8080/explain
//! curl http://127.0.0.1:8080/schema/zhongshan.dibao
//! curl -X POST http://127.0.0.1:8080/reload      # read the folder again
//! ```
//!
//! What is refused is answered with 422 and a JSON list of findings, each with its code, message and
//! place in the facts; faulty policies, which are nobody's fault who asks, with 500 and the like list.
#![expect(clippy::print_stdout, reason = "it says on which address it serves")]

use std::error::Error;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::extract::{self, DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use huize::diagnostic::{
    Bilingual, CompileError, DecisionError, Diagnostic, JsonDiagnostic, Language,
};
use huize::engine::{Case, Edition, Library, Policy, Question, Shelf, envelope};
use huize::facts::{MOST_BYTES, read_json};
use huize::schema;
use huize::source::SourceMap;
use serde_json::json;
use tokio::net::TcpListener;

/// What it decides: policies, or places with all their benefits. Each is compiled at the start, so
/// that no request waits for it and no error of the law is found by a citizen.
const SERVED: [&str; 2] = ["zhongshan.dibao", "zhongshan.disability"];

/// Where the policies are read from; the built-in ones where no folder is given.
type Folder = Option<PathBuf>;

struct Service {
    shelf: Shelf,
    folder: Folder,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or_else(|| "127.0.0.1:8080".to_owned());
    let folder = arguments.next().map(PathBuf::from);

    let shelf = Shelf::new(library(&folder)?, &SERVED)?;
    let service = Arc::new(Service { shelf, folder });
    let app = Router::new()
        .route("/decide", post(decide))
        .route("/explain", post(explain))
        .route("/schema/{policy}", get(facts_schema))
        .route("/reload", post(reload))
        // Larger texts are refused before they are read.
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .with_state(service);

    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(&address).await?;
        println!("serving on http://{}", listener.local_addr()?);
        axum::serve(listener, app).with_graceful_shutdown(stopped()).await
    })?;
    println!("stopped");
    Ok(())
}

async fn decide(State(service): State<Arc<Service>>, text: String) -> Response {
    let edition = service.shelf.edition();
    answer(move || {
        let asked = Asked::read(&edition, &text)?;
        let decided = asked.policy.decide(&asked.case, &asked.question);
        Ok(Json(decided.map_err(|error| error.with_sources(asked.sources))?).into_response())
    })
    .await
}

async fn explain(State(service): State<Arc<Service>>, text: String) -> Response {
    let edition = service.shelf.edition();
    answer(move || {
        let asked = Asked::read(&edition, &text)?;
        let explained = asked.policy.explain_in(&asked.case, &asked.question, Language::Zh);
        Ok(Json(explained.map_err(|error| error.with_sources(asked.sources))?).into_response())
    })
    .await
}

/// The JSON Schema of the facts of a policy: for a form, or for whoever sends them.
async fn facts_schema(
    State(service): State<Arc<Service>>,
    extract::Path(name): extract::Path<String>,
) -> Response {
    let edition = service.shelf.edition();
    answer(move || Ok(Json(schema::facts(served(&edition, &name)?.program())).into_response()))
        .await
}

/// Reads the law again. Requests under way are decided by the edition that they began with; a text
/// with errors replaces nothing.
async fn reload(State(service): State<Arc<Service>>) -> Response {
    answer(move || {
        let library = match library(&service.folder) {
            Ok(library) => library,
            Err(error) => {
                return Ok((StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response());
            }
        };
        let edition = service.shelf.replace(library)?;
        Ok(Json(json!({ "edition": edition.number() })).into_response())
    })
    .await
}

/// A document of facts, bound to the policy that it asks for.
struct Asked {
    policy: Policy,
    case: Case,
    question: Question,
    sources: SourceMap,
}

impl Asked {
    fn read(edition: &Edition, text: &str) -> Result<Self, DecisionError> {
        let mut sources = SourceMap::default();
        let source = sources.add("facts.json", text);
        let bound = || -> Result<_, DecisionError> {
            let facts = read_json(source, text)?;
            let envelope = envelope(&facts)?;
            let name = envelope.policy.or(envelope.place).unwrap_or_default();
            let policy = served(edition, &name)?.clone();
            let case = policy.bind(&facts)?;
            // There is no clock in the library: the month to decide is the caller's to say.
            let period = envelope.period.ok_or_else(|| {
                refusal("service::no_period", "没有说明所属期", "the facts say no period")
            })?;
            let (as_of, known_on) = (envelope.as_of, envelope.known_on);
            Ok((policy, case, Question { as_of, known_on, ..Question::about(period) }))
        };
        match bound() {
            Ok((policy, case, question)) => Ok(Self { policy, case, question, sources }),
            Err(error) => Err(error.with_sources(sources)),
        }
    }
}

fn served<'e>(edition: &'e Edition, name: &str) -> Result<&'e Policy, DecisionError> {
    edition.policy(name).ok_or_else(|| {
        let names: Vec<&str> = edition.policies().map(|(name, _)| name).collect();
        let refused = refusal(
            "service::not_served",
            &format!("这里不办理“{name}”"),
            &format!("`{name}` is not served here"),
        );
        let help = Bilingual::new(
            format!("可办理：{}", names.join("、")),
            format!("served: {}", names.join(", ")),
        );
        DecisionError::from(refused.help(help))
    })
}

/// A finding of the service's own, in the form of all others.
fn refusal(code: &'static str, zh: &str, en: &str) -> Diagnostic {
    Diagnostic::error(code, Bilingual::new(zh, en))
}

/// What is answered in place of a result. The phase that failed says whose mistake it is.
struct Refused {
    status: StatusCode,
    findings: Vec<JsonDiagnostic>,
}

impl From<CompileError> for Refused {
    /// Faulty law is the service's own fault, whatever it was asked.
    fn from(error: CompileError) -> Self {
        let findings = error.findings().json();
        Self { status: StatusCode::INTERNAL_SERVER_ERROR, findings }
    }
}

impl From<DecisionError> for Refused {
    fn from(error: DecisionError) -> Self {
        let findings = error.findings().json();
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, findings }
    }
}

/// Does the work beside the threads that talk to the network: a decision takes microseconds, facts
/// of the largest size may take a second.
async fn answer(work: impl FnOnce() -> Result<Response, Refused> + Send + 'static) -> Response {
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(refused)) => (refused.status, Json(refused.findings)).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

/// The policy files of a folder and those below it.
fn library(folder: &Folder) -> io::Result<Library> {
    let Some(folder) = folder else { return Ok(Library::builtin()) };
    let mut files = Vec::new();
    collect(folder, &mut files)?;
    files.sort();
    Ok(Library::from_texts(files))
}

fn collect(folder: &Path, files: &mut Vec<(String, String)>) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|end| end == "hz" || end == "jinja") {
            files.push((path.display().to_string(), std::fs::read_to_string(&path)?));
        }
    }
    Ok(())
}

/// Until the process is asked to end; requests under way are answered first.
async fn stopped() {
    #[cfg(unix)]
    let asked = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut asked) => asked.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let asked = std::future::pending::<Option<()>>();
    tokio::select! {
        _ = asked => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
