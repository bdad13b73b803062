import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { HeavyliftError } from '@heavylift/core'
import { expandHostList } from '../read/host-list.ts'
import { readSlurmConf } from '../read/slurm-conf.ts'
import type { SlurmConf } from '../read/slurm-conf.ts'
import { parseSinfo, parseSqueue, sinfoOptions, squeueOptions } from './snapshot.ts'
import type { SlurmJob, SlurmNodeState } from './snapshot.ts'

const execute = promisify(execFile)

/** Everything that a shadow reads of a cluster. None of them changes anything. */
const readOnly = { squeue: squeueOptions, sinfo: sinfoOptions, scontrol: ['show', 'config'] } as const

export interface SlurmCluster {
  atS: number
  conf: SlurmConf
  nodes: SlurmNodeState[]
  jobs: SlurmJob[]
}

/**
 * Looks at a running Slurm: its `slurm.conf`, nodes and jobs. `env` is added to this process's, e.g. `SLURM_CONF`.
 * @throws HeavyliftError `slurm-unavailable` when a command fails
 */
export async function readCluster(env: Record<string, string> = {}): Promise<SlurmCluster> {
  const run = async (command: keyof typeof readOnly): Promise<string> => {
    try {
      const options = { env: { ...process.env, ...env, SLURM_TIME_FORMAT: '%s' }, maxBuffer: 1 << 28 }
      return (await execute(command, [...readOnly[command]], options)).stdout
    } catch (error) {
      const { stderr, message } = error as Error & { stderr?: string }
      throw new HeavyliftError({
        code: 'slurm-unavailable',
        message: `${command} failed: ${(stderr ?? message).trim()}. Is Slurm installed here and its controller up?`,
        status: 503,
        isRetryable: true,
        cause: error,
      })
    }
  }
  const config = await run('scontrol')
  const file = /^SLURM_CONF\s*=\s*(\S+)/m.exec(config)?.[1] ?? env['SLURM_CONF'] ?? '/etc/slurm/slurm.conf'
  const include = (path: string) =>
    readFile(path.startsWith('/') ? path : join(dirname(file), path), 'utf8').catch(() => null)
  const [text, queue, nodes] = await Promise.all([readFile(file, 'utf8'), run('squeue'), run('sinfo')])
  return {
    atS: Math.floor(Date.now() / 1000),
    conf: await readSlurmConf({ file, text, include }),
    nodes: parseSinfo(nodes),
    jobs: parseSqueue(queue, expandHostList),
  }
}
