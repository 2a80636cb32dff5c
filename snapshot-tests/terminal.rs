//! The prompt in a terminal: keys are typed, and what stands on the screen is read.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

use crate::root;

/// A machine under load needs time to draw.
const PATIENCE: Duration = Duration::from_secs(30);

const ROWS: u16 = 40;
const COLUMNS: u16 = 90;

/// A screen with nothing on it.
fn blank() -> vt100::Parser {
    vt100::Parser::new(ROWS.try_into().unwrap(), COLUMNS.try_into().unwrap(), 0)
}

/// A terminal with the prompt in it.
struct Terminal {
    child: Child,
    keyboard: File,
    output: Receiver<Vec<u8>>,
    screen: vt100::Parser,
}

impl Terminal {
    /// `huize repl …` in the folder of the town, with a history of its own.
    fn open(arguments: &[&str], state: &Path) -> Self {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let size = Winsize { ws_row: ROWS, ws_col: COLUMNS, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&master, size).unwrap();
        let name = ptsname(&master, Vec::new()).unwrap();
        let slave = File::options().read(true).write(true).open(name.to_str().unwrap()).unwrap();
        let end = || Stdio::from(slave.try_clone().unwrap());
        let child = Command::new(env!("CARGO_BIN_EXE_huize"))
            .arg("repl")
            .args(arguments)
            .current_dir(root().join("snapshot-tests/town"))
            .env_clear()
            .env("LC_ALL", "zh_CN.UTF-8")
            .env("TERM", "xterm-256color")
            .env("XDG_STATE_HOME", state)
            .stdin(end())
            .stdout(end())
            .stderr(end())
            .spawn()
            .unwrap();
        drop(slave);
        let keyboard = File::from(master);
        let mut reader = keyboard.try_clone().unwrap();
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            // The end of the child is an error on this side.
            while let Ok(length @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer.iter().take(length).copied().collect()).is_err() {
                    break;
                }
            }
        });
        Self { child, keyboard, output, screen: blank() }
    }

    fn keys(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
    }

    /// What stands on the screen, blanks at the ends of lines left out.
    fn text(&self) -> String {
        let lines = self.screen.screen().rows(0, COLUMNS).map(|line| line.trim_end().to_owned());
        lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    }

    /// Waits until the screen is as wanted.
    fn wait(&mut self, what: &str, wanted: impl Fn(&str) -> bool) {
        let begun = Instant::now();
        loop {
            if wanted(&self.text()) {
                return;
            }
            assert!(
                begun.elapsed() < PATIENCE,
                "waited for {what}; on the screen:\n{}",
                self.text()
            );
            if let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(50)) {
                // Where the cursor is, is asked of a terminal.
                if bytes.windows(4).any(|bytes| bytes == b"\x1b[6n") {
                    self.keys("\x1b[1;1R");
                }
                self.screen.process(&bytes);
            }
        }
    }

    fn sees(&mut self, wanted: &str) {
        self.wait(wanted, |text| text.contains(wanted));
    }

    /// The last line is the prompt with this typed.
    fn typed(&mut self, wanted: &str) {
        self.wait(wanted, |text| text.lines().last().is_some_and(|line| line.ends_with(wanted)));
    }

    /// The next line may be typed: what is typed while the last is being done, the editor drops.
    fn ready(&mut self) {
        self.typed("2023-06 ›");
    }

    fn interrupt(&self) {
        kill_process(Pid::from_child(&self.child), Signal::INT).unwrap();
    }

    /// Waits for the end; the exit code.
    fn end(mut self) -> Option<i32> {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            assert!(begun.elapsed() < PATIENCE, "it does not end; on the screen:\n{}", self.text());
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// An empty folder for the state of one test.
fn state(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("terminal-{name}"));
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

const TOWN: [&str; 3] = ["family.json", "--policies", "."];

#[test]
fn chinese_is_typed_completed_and_hinted() {
    let mut terminal = Terminal::open(&TOWN, &state("typing"));
    terminal.ready();
    terminal.keys("设 甲的月工");
    terminal.typed("设 甲的月工");
    terminal.keys("\t");
    terminal.sees("设 甲的月工资 = 以 元/月 计的数");
    terminal.keys(" ＝ 2400元");
    terminal.typed("设 甲的月工资 ＝ 2400元");
    // Back over wide characters, to put a digit in the middle.
    terminal.keys("\x1b[D\x1b[D\x7f5");
    terminal.typed("设 甲的月工资 ＝ 2450元");
    terminal.keys("\r");
    terminal.sees("低保金 1,353元/月 → 1,153元/月（减少200元）");
    terminal.ready();
    terminal.keys("设 乙的在业 = \t\t");
    terminal.sees("拒答【refused】");
    terminal.keys("\x15退出\r");
    assert_eq!(terminal.end(), Some(0));
}

#[test]
fn lines_are_remembered_unless_they_are_private() {
    let state = state("history");
    let mut terminal = Terminal::open(&TOWN, &state);
    terminal.ready();
    terminal.keys("改 参数 低保标准\r");
    terminal.keys("  自2023年1月1日起：城镇 1300元，农村 1150元\r\r");
    terminal.sees("低保金 1,353元/月 → 1,650元/月");
    terminal.ready();
    terminal.keys("\x04");
    assert_eq!(terminal.end(), Some(0));

    let mut again = Terminal::open(&TOWN, &state);
    again.ready();
    // The whole of it comes back, over two lines.
    again.keys("\x1b[A");
    again.sees("改 参数 低保标准");
    again.typed("自2023年1月1日起：城镇 1300元，农村 1150元");
    again.keys("\x03");
    again.ready();
    again.keys("\x04");
    assert_eq!(again.end(), Some(0));

    let private: Vec<&str> = TOWN.into_iter().chain(["--private"]).collect();
    let mut private = Terminal::open(&private, &state);
    private.ready();
    private.keys("\x1b[A");
    private.keys("甲的月工资\r");
    private.sees("2,250元/月");
    private.ready();
    assert!(!private.text().contains("改 参数"), "{}", private.text());
    private.keys("\x04");
    assert_eq!(private.end(), Some(0));
    let kept = std::fs::read_to_string(state.join("huize/history")).unwrap();
    assert!(kept.contains("城镇 1300元") && !kept.contains("甲的月工资"), "{kept}");
}

#[test]
fn ctrl_c_stops_what_is_computed_and_nothing_else() {
    let mut terminal = Terminal::open(&TOWN, &state("stop"));
    terminal.ready();
    terminal.keys("设 甲的月工资 = 2400元\r");
    terminal.sees("1,203元/月");
    terminal.ready();
    terminal.keys("没有写完的一行");
    terminal.typed("没有写完的一行");
    terminal.keys("\x03");
    terminal.ready();
    stop(&mut terminal, "逐月 2013-01至2062-12");
    stop(&mut terminal, "扫 甲的月工资 0至4000 步长 70，乙的月工资 0至4000 步长 70");
    terminal.keys("甲的月工资×2\r");
    terminal.sees("4,800元/月");
    terminal.ready();
    terminal.keys("退出\r");
    assert_eq!(terminal.end(), Some(0));
}

/// Types a line that takes long, and stops it while it is being done.
fn stop(terminal: &mut Terminal, line: &str) {
    // An interruption that comes before the line is taken, or after it is done, stops nothing.
    let delays = [20, 40, 80, 10, 160, 5, 320, 2, 640];
    for delay in delays.into_iter().cycle().take(delays.len() * 20) {
        terminal.ready();
        terminal.screen = blank();
        terminal.keys(line);
        terminal.typed(line);
        terminal.keys("\r");
        std::thread::sleep(Duration::from_millis(delay));
        terminal.interrupt();
        terminal.ready();
        if terminal.text().contains("已停止") {
            break;
        }
    }
    terminal.sees("已停止，没有改动任何东西");
    terminal.ready();
}
