import { spawn } from 'node:child_process'
import { InvalidInputError } from '@heavylift/core'

/** Runs a kit to its end; what it finds it writes to files of its own. Its last output is returned. @throws InvalidInputError `kit-not-started` */
export async function runKit(
  command: string,
  args: readonly string[],
  options: { cwd: string; env?: Record<string, string>; signal: AbortSignal },
): Promise<string> {
  return await new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      signal: options.signal,
    })
    let output = ''
    const keep = (chunk: Buffer): void => void (output = (output + chunk.toString()).slice(-20_000))
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.once('error', (cause) =>
      reject(
        new InvalidInputError({
          code: 'kit-not-started',
          message: `${command} does not start: ${cause.message}`,
          cause,
        }),
      ),
    )
    child.once('close', () => resolve(output))
  })
}
