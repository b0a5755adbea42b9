//! `mypage demo`: invented postings, written as feed XML and imported like real ones.

use super::importing::{ImportOptions, import_and_index};
use app::clock::Clock;
use app::date::Date;
use app::postings::demo::{files, write_page};
use app::postings::feed::import::sources;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use std::error::Error;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Flags of `mypage demo`.
#[derive(Args)]
pub struct Demo {
    /// How many postings.
    #[arg(long, value_name = "N", default_value_t = 3000, value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    postings: u64,
    /// Another seed gives other postings; the same seed on the same day gives the same ones.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// Write the feed XML into this folder and keep it; otherwise it is written under the data folder and removed after the import.
    #[arg(long, value_name = "FOLDER")]
    write: Option<PathBuf>,
    /// Only write the feed XML.
    #[arg(long, requires = "write")]
    no_import: bool,
    #[command(flatten)]
    options: ImportOptions,
}

/// What to write where.
struct Delivery {
    folder: PathBuf,
    postings: u64,
    seed: u64,
    today: Date,
}

impl Demo {
    /// Writes the delivery, then imports it as a complete one.
    ///
    /// # Errors
    /// If files or the database are not to be had, or the import could not do everything.
    pub async fn run(self) -> Result<(), Box<dyn Error + Send + Sync>> {
        let folder = self.write.clone().unwrap_or_else(|| self.options.data.join("demo-feed"));
        let delivery = Delivery { folder: folder.clone(), postings: self.postings, seed: self.seed, today: Clock::default().today() };
        let paths = tokio::task::spawn_blocking(move || delivery.write()).await??;
        if self.no_import {
            println!("{}", folder.display());
            return Ok(());
        }
        import_and_index(&self.options, sources(&paths)?, true).await?;
        if self.write.is_none() {
            std::fs::remove_dir_all(&folder)?;
        }
        Ok(())
    }
}

impl Delivery {
    /// Writes every file, several at a time; gives their paths in order.
    fn write(&self) -> io::Result<Vec<PathBuf>> {
        std::fs::create_dir_all(&self.folder)?;
        let all: Vec<(PathBuf, Range<u64>)> =
            (1..).zip(files(self.postings)).map(|(number, postings)| (file(&self.folder, number), postings)).collect();
        let bar = ProgressBar::new(self.postings);
        bar.set_style(
            ProgressStyle::with_template("{msg} {bar:30} {human_pos}/{human_len} {eta}").unwrap_or_else(|_| ProgressStyle::default_bar()),
        );
        bar.set_message("Writing");
        let waiting = Mutex::new((1_u64..).zip(&all));
        let workers = std::thread::available_parallelism().map_or(1, usize::from).min(all.len());
        let written = std::thread::scope(|scope| {
            let workers: Vec<_> = (0..workers).map(|_| scope.spawn(|| self.work(&waiting, all.len() as u64, &bar))).collect();
            workers
                .into_iter()
                .map(|worker| worker.join().unwrap_or_else(|_| Err(io::Error::other("a writer stopped"))))
                .collect::<io::Result<Vec<()>>>()
        });
        bar.finish_and_clear();
        written?;
        Ok(all.into_iter().map(|(path, _)| path).collect())
    }

    /// Writes files until none is waiting.
    fn work<'a>(
        &self,
        waiting: &Mutex<impl Iterator<Item = (u64, &'a (PathBuf, Range<u64>))>>,
        files: u64,
        bar: &ProgressBar,
    ) -> io::Result<()> {
        loop {
            let next = waiting.lock().map_err(|_| io::Error::other("a writer stopped"))?.next();
            let Some((number, (path, postings))) = next else { return Ok(()) };
            let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
            let mut out = BufWriter::with_capacity(256 * 1024, File::create(path).map_err(named)?);
            write_page(postings.clone(), (number, files), self.seed, self.today, &mut out, |_| bar.inc(1)).map_err(named)?;
            out.flush().map_err(named)?;
        }
    }
}

/// `M100_0001.xml`: the data of the whole nation, its first file.
fn file(folder: &Path, number: u64) -> PathBuf {
    folder.join(format!("M100_{number:04}.xml"))
}
