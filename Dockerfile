# The emulator in a container.
#
#   docker build -t pim-emulator .
#   docker run --rm -p 127.0.0.1:8443:8443 -e PIM_EMULATOR_ADMIN_KEY=something-secret pim-emulator
#
# Inside a container it listens on every interface, and then it does not start without an admin key: whoever
# reaches the port could otherwise rewrite the tenants.

FROM rust:1.95-slim-bookworm AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --release --locked -p pim-emulator \
 && install -D target/release/pim-emulator /out/pim-emulator

FROM debian:bookworm-slim
RUN groupadd --system --gid 10001 emulator \
 && useradd --system --uid 10001 --gid emulator --home-dir /var/lib/pim-emulator --create-home --shell /usr/sbin/nologin emulator
COPY --from=build /out/pim-emulator /usr/local/bin/pim-emulator
# Whom to trust as a mail server behind TLS.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
USER 10001:10001
# The CA that clients are told to trust, and the signing key: keep it, and clients need telling only once.
VOLUME /var/lib/pim-emulator
EXPOSE 8443
ENTRYPOINT ["pim-emulator"]
CMD ["serve", "--listen", "0.0.0.0:8443", "--state-dir", "/var/lib/pim-emulator"]
