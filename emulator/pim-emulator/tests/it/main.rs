//! Tests of the whole emulator over HTTP, in one binary.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod arm;
mod audit_webhook;
mod cli;
mod cli_client;
mod cli_kit;
mod cli_serve;
mod control;
mod control_azure;
mod control_behaviour;
mod control_decisions;
mod control_guard;
mod control_mail;
mod control_mail_azure;
mod control_snapshot;
mod control_time;
mod control_tokens;
mod embedding;
mod event_log;
mod graph;
mod login;
mod one_port;
mod rules;
mod scenario;
mod smtp;
mod support;
mod tls_kit;
mod traffic;
mod world;
mod world_azure;
mod world_conditional_access;
mod world_errors;
mod world_groups;
mod world_reviews;
