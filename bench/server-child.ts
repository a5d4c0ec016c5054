// Runs a bundled server, tells its port, and what processor time it has used when it is asked.
const { listen } = require(process.argv[2]!) as { listen: () => Promise<number> };

listen().then((port) => {
  process.on('message', (message) => {
    if (message === 'end') process.exit();
    const { user, system } = process.cpuUsage();
    process.send!({ cpu: user + system });
  });
  process.send!({ port });
});
