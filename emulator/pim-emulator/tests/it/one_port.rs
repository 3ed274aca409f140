//! One port: plain HTTP, TLS and tunnels on the same socket, and the certificates shown there.

mod authority;
mod binding;
mod connect;
mod http2;
mod kit;
mod plain;
mod tls;
