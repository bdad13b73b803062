import { Keeper } from '../../faults/keeper.ts'
import { processRef } from '../../faults/process-identity.ts'

/** Sets faults before a server and at a process, says so, and waits to be killed: `controller-child.ts FOLDER PORT PID`. */
const [folder = '', port, pid] = process.argv.slice(2)
const keeper = await Keeper.start(folder)
const proxy = await keeper.openProxy('dependency', { host: '127.0.0.1', port: Number(port) })
await keeper.inject('dependency', { kind: 'errors', status: 503 }, 600_000)
await keeper.touch({ kind: 'pause' }, await processRef(Number(pid)), 600_000)
process.send?.({ proxyPort: proxy.port })
