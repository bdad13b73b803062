/** Takes a processor or memory: `hog-child.ts cpu|memory BYTES MILLISECONDS`. Ends at its time, or when whoever started it ends. */
const [kind, bytes, leaseMs] = process.argv.slice(2)
const endsAtMs = performance.now() + Number(leaseMs)

process.stdin.on('end', () => process.exit())
process.stdin.on('error', () => process.exit())
process.stdin.resume()
setTimeout(() => process.exit(), Number(leaseMs))

if (kind === 'memory') {
  const pieces: Buffer[] = []
  const pieceBytes = 64 * 1024 * 1024
  for (let left = Number(bytes); left > 0; left -= pieceBytes)
    pieces.push(Buffer.alloc(Math.min(left, pieceBytes), 1))
  setInterval(() => pieces.length, 1000)
} else {
  // In slices, so that its end is noticed.
  const burn = () => {
    const untilMs = performance.now() + 20
    while (performance.now() < untilMs);
    if (performance.now() < endsAtMs) setImmediate(burn)
  }
  setTimeout(burn)
}
process.stdout.write('ready\n')
