import { spawn } from 'node:child_process'

/** Set by an npm that runs us; would make the inner npm believe that it works on the outer project. */
const outerVariables = /^(npm_(config_(local_)?prefix|config_workspace.*|package_.*|lifecycle_.*)|INIT_CWD)$/i

/**
 * Runs npm in a folder that has a package.json. Rejects with the tail of what npm said, or the signal's reason after
 * the whole process is gone.
 */
export function runNpm(folder: string, args: readonly string[], signal: AbortSignal): Promise<void> {
  const script = process.env['npm_execpath']
  const isScript = script !== undefined && /npm-cli\.(c?js)$/.test(script)
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !outerVariables.test(name)))
  return new Promise((resolve, reject) => {
    const child = spawn(
      isScript ? process.execPath : 'npm',
      [...(isScript ? [script] : []), ...args, '--prefix', '.'],
      {
        cwd: folder,
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
        // npm is a batch file on Windows. Arguments are our own words, so a shell finds nothing in them.
        shell: !isScript && process.platform === 'win32',
      },
    )
    let output = ''
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-8_000)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    const stop = () => child.kill('SIGTERM')
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
    child.on('error', (error: NodeJS.ErrnoException) => {
      signal.removeEventListener('abort', stop)
      reject(
        error.code === 'ENOENT'
          ? new Error('npm was not found. It comes with Node: https://nodejs.org.')
          : error,
      )
    })
    child.on('close', (code) => {
      signal.removeEventListener('abort', stop)
      if (signal.aborted) reject(signal.reason instanceof Error ? signal.reason : new Error('Interrupted.'))
      else if (code === 0) resolve()
      else reject(new Error(`npm ended with ${code}.\n${explain(output)}`))
    })
  })
}

function explain(output: string): string {
  const tail = output.trim().split('\n').slice(-12).join('\n')
  const isOffline = /EAI_AGAIN|ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT/.test(output)
  if (isOffline)
    return `The package registry cannot be reached; check the network and run the command again.\n${tail}`
  return /ENOSPC/.test(output) ? `The disk is full.\n${tail}` : tail
}
