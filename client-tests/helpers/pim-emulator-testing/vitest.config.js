export default { test: { include: ["test/*.test.js"], globalSetup: "./global-setup.js", testTimeout: 60_000 } };
