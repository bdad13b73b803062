import { HeavyliftError } from '@heavylift/core'

const attempts = 20

/**
 * Calls `listen` with the port; when that is taken and may be moved (nobody chose it), with the next ones. Rejects with the
 * error of `listen`, whose message names the port.
 */
export async function listenOnFreePort<T>(
  listen: (port: number) => Promise<T>,
  options: { port: number; mayMove: boolean; say: (line: string) => void },
): Promise<T> {
  for (let port = options.port; ; port++) {
    try {
      const listening = await listen(port)
      if (port !== options.port) options.say(`Port ${options.port} is in use; using ${port}.`)
      return listening
    } catch (error) {
      const isTaken = HeavyliftError.isInstance(error) && error.code === 'port-taken'
      if (!isTaken || !options.mayMove || port + 1 >= options.port + attempts || port >= 65_535) throw error
    }
  }
}
