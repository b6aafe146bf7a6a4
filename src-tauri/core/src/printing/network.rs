//! A receipt printer on the studio's network: raw bytes to a port, and why they did not get there.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{IpAddr, Shutdown, SocketAddr, TcpStream, ToSocketAddrs};
use std::sync::mpsc;
use std::time::Duration;

use escpos::utils::{RealTimeStatusRequest as Ask, RealTimeStatusResponse as Says};

use super::{Address, Job, Printer, Trouble};

/// How long each step may take.
#[derive(Debug, Clone, Copy)]
pub struct NetworkPrinter {
    pub connect: Duration,
    /// Of writing, and of waiting for the printer to have taken everything.
    pub write: Duration,
    /// Of asking it for its paper; one that does not answer prints all the same.
    pub status: Duration,
}

impl Default for NetworkPrinter {
    fn default() -> NetworkPrinter {
        NetworkPrinter {
            connect: Duration::from_secs(2),
            write: Duration::from_secs(3),
            status: Duration::from_millis(600),
        }
    }
}

impl Printer for NetworkPrinter {
    fn send(&self, to: &Address, job: &Job) -> Result<(), Trouble> {
        let mut stream = self.reach(to)?;
        let broke = |error: io::Error| trouble(&error, Trouble::BrokeOff);
        stream.set_write_timeout(Some(self.write)).map_err(broke)?;
        // A kick is three bytes that nobody should wait to see on their way.
        stream.set_nodelay(true).map_err(broke)?;
        let talks = job.prints && self.ready(&mut stream)?;
        stream.write_all(&job.bytes).map_err(broke)?;
        self.taken(&mut stream, talks)
    }
}

impl NetworkPrinter {
    fn reach(&self, to: &Address) -> Result<TcpStream, Trouble> {
        let mut last = Trouble::NoSuchName;
        for address in self.addresses(to)? {
            match TcpStream::connect_timeout(&address, self.connect) {
                Ok(stream) => return Ok(stream),
                Err(error) => last = trouble(&error, Trouble::Silent),
            }
        }
        Err(last)
    }

    /// Where a name leads. The system looks names up for as long as it likes, so somebody else waits for it.
    fn addresses(&self, to: &Address) -> Result<Vec<SocketAddr>, Trouble> {
        if let Ok(ip) = to.host.parse::<IpAddr>() {
            return Ok(vec![SocketAddr::new(ip, to.port)]);
        }
        let (tell, told) = mpsc::channel();
        let name = (to.host.clone(), to.port);
        let asked = std::thread::Builder::new().name("printer's name".to_owned()).spawn(move || {
            let found = name.to_socket_addrs().map(|found| found.take(4).collect::<Vec<_>>());
            // Nobody waits any longer, perhaps.
            let _ = tell.send(found);
        });
        asked.map_err(|_| Trouble::NoSuchName)?;
        match told.recv_timeout(self.connect) {
            Ok(Ok(found)) if !found.is_empty() => Ok(found),
            _ => Err(Trouble::NoSuchName),
        }
    }

    /// Asks whether it has paper and its cover is shut. Whether it answers at all.
    fn ready(&self, stream: &mut TcpStream) -> Result<bool, Trouble> {
        let broke = |error: io::Error| trouble(&error, Trouble::BrokeOff);
        stream.set_read_timeout(Some(self.status)).map_err(broke)?;
        stream.write_all(&[0x10, 0x04, 2]).map_err(broke)?;
        let mut answer = [0];
        match stream.read(&mut answer) {
            Ok(0) => Err(Trouble::BrokeOff),
            Ok(_) => match Says::parse(Ask::OfflineCause, answer[0]) {
                Ok(says) if says.get(&Says::CoverClosed) == Some(&false) => Err(Trouble::CoverOpen),
                Ok(says) if says.get(&Says::PrintingStopsDueToPaperEnd) == Some(&true) => {
                    Err(Trouble::NoPaper)
                }
                Ok(says) if says.get(&Says::ErrorOccurred) == Some(&true) => Err(Trouble::Fault),
                Ok(_) | Err(_) => Ok(true),
            },
            Err(error) if is_slow(&error) => Ok(false),
            Err(error) => Err(broke(error)),
        }
    }

    /// Waits until the printer has taken everything: it hangs up, or answers once more where it answers.
    fn taken(&self, stream: &mut TcpStream, talks: bool) -> Result<(), Trouble> {
        let broke = |error: io::Error| trouble(&error, Trouble::BrokeOff);
        stream.set_read_timeout(Some(self.write)).map_err(broke)?;
        if talks {
            stream.write_all(&[0x10, 0x04, 1]).map_err(broke)?;
        }
        stream.shutdown(Shutdown::Write).map_err(broke)?;
        let _answer: usize = stream.read(&mut [0]).map_err(broke)?;
        Ok(())
    }
}

/// Windows calls it one thing, everybody else the other.
fn is_slow(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::TimedOut | ErrorKind::WouldBlock)
}

fn trouble(error: &io::Error, slow_or_other: Trouble) -> Trouble {
    match error.kind() {
        ErrorKind::ConnectionRefused => Trouble::Refused,
        ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable | ErrorKind::AddrNotAvailable => {
            Trouble::Silent
        }
        // While connecting nobody answered; later somebody did, and is slow.
        _ if is_slow(error) && slow_or_other == Trouble::BrokeOff => Trouble::Slow,
        _ => slow_or_other,
    }
}
