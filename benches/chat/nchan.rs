//! Nchan, the peer of a fan-out: nginx with its module of publishers and subscribers, in one process.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::Command;

use crate::fan_out::MARK;
use crate::server::Server;

/// Where Debian's package puts it.
const MODULE: &str = "/usr/lib/nginx/modules/ngx_nchan_module.so";

/// Nchan, with room for so many `streams`; `None` where it is not installed.
pub(crate) fn start(streams: usize) -> anyhow::Result<Option<Server>> {
    if !Path::new(MODULE).exists() {
        return Ok(None);
    }
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("nchan-{}", std::process::id()));
    std::fs::create_dir_all(&home)?;
    // nginx cannot be asked for a free port, nor for the one it got.
    let address = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?;
    let file = home.join("nginx.conf");
    std::fs::write(&file, settings(&home, address, streams))?;
    let mut command = Command::new("nginx");
    command.arg("-p").arg(&home).arg("-c").arg(&file);
    command.args(["-e", "stderr"]);
    Server::listening(command, address, home).map(Some)
}

/// A message that is so many `bytes` long once it is an event.
pub(crate) fn body(bytes: usize) -> String {
    let around = "id: 1795297453:0\ndata: \n\n".len() + 1;
    let mark = char::from(MARK);
    format!("{mark}{}", "x".repeat(bytes.saturating_sub(around)))
}

/// The same addresses as statechat's, so that the load is the same.
fn settings(home: &Path, address: SocketAddr, streams: usize) -> String {
    let connections = streams + 64;
    let home = home.display();
    format!(
        r#"
load_module {MODULE};
daemon off;
master_process off;
pid {home}/pid;
error_log stderr crit;
worker_rlimit_nofile 20000;
events {{ worker_connections {connections}; }}
http {{
    access_log off;
    client_body_temp_path {home}/bodies;
    proxy_temp_path {home}/proxied;
    fastcgi_temp_path {home}/fastcgi;
    uwsgi_temp_path {home}/uwsgi;
    scgi_temp_path {home}/scgi;
    nchan_shared_memory_size 64M;
    server {{
        listen {address} backlog=4096;
        location = /api/events {{
            nchan_subscriber eventsource;
            nchan_channel_id all;
        }}
        location = /api/notifications {{
            nchan_publisher;
            nchan_channel_id all;
        }}
    }}
}}
"#
    )
}
