import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { HeavyliftError } from '@heavylift/core'
import { parseSqueue, squeueOptions, type ArrayTask } from './array-tasks.ts'
import { parseSinfo, sinfoOptions, type ClusterNode } from './cluster-nodes.ts'

const execute = promisify(execFile)

/** A command of Slurm failed, or is not there. 503; the same may work later. */
export class SlurmError extends HeavyliftError {
  constructor(message: string, cause?: unknown) {
    super({ code: 'slurm-unavailable', message, status: 503, isRetryable: true, cause })
  }
}

export interface ArraySubmission {
  name: string
  partition: string
  /** How many tasks: indices 0 to `size` − 1. */
  size: number
  cpusPerTask: number
  excludedNodes: readonly string[]
  /** A file that exists on all nodes; run with the index in `SLURM_ARRAY_TASK_ID`. */
  script: string
  /** Where standard output and error go; `%A` and `%a` stand for array and index. */
  output: string
}

/** The commands of one cluster. `env` is added to this process's, e.g. `SLURM_CONF`. */
export class SlurmClient {
  readonly #env: NodeJS.ProcessEnv

  constructor(env: Record<string, string>) {
    this.#env = { ...process.env, ...env }
  }

  /** Returns the array's job id. */
  async submit(array: ArraySubmission): Promise<number> {
    const args = [
      '--parsable',
      '--requeue',
      '--open-mode=append',
      '--nodes=1',
      '--ntasks=1',
      `--job-name=${array.name}`,
      `--partition=${array.partition}`,
      `--array=0-${array.size - 1}`,
      `--cpus-per-task=${array.cpusPerTask}`,
      `--output=${array.output}`,
      ...(array.excludedNodes.length > 0 ? [`--exclude=${array.excludedNodes.join(',')}`] : []),
      array.script,
    ]
    return parseInt(await this.#run('sbatch', args), 10)
  }

  /** Tasks of all arrays of a name that the controller remembers (`MinJobAge` after their end). */
  async tasks(name: string): Promise<ArrayTask[]> {
    return parseSqueue(await this.#run('squeue', [...squeueOptions, `--name=${name}`]))
  }

  async cancel(name: string): Promise<void> {
    await this.#run('scancel', [`--name=${name}`])
  }

  /** Takes no more jobs on the node; needs an operator's rights. */
  async drain(node: string, reason: string): Promise<void> {
    await this.#run('scontrol', ['update', `NodeName=${node}`, 'State=DRAIN', `Reason=${reason}`])
  }

  /** Puts a drained node back to work; needs an operator's rights. */
  async takeBack(node: string): Promise<void> {
    await this.#run('scontrol', ['update', `NodeName=${node}`, 'State=RESUME'])
  }

  /** `MaxArraySize` of the cluster (1001 unless it was changed). */
  async maxArraySize(): Promise<number> {
    const config = await this.#run('scontrol', ['show', 'config'])
    return Number(/^MaxArraySize\s*=\s*(\d+)/m.exec(config)?.[1] ?? 1001)
  }

  /** Every node of the cluster. */
  async nodes(): Promise<ClusterNode[]> {
    return parseSinfo(await this.#run('sinfo', sinfoOptions))
  }

  async #run(command: string, args: string[]): Promise<string> {
    try {
      const { stdout } = await execute(command, args, { env: this.#env, maxBuffer: 1 << 26 })
      return stdout
    } catch (error) {
      const { stderr, message } = error as Error & { stderr?: string }
      const reason = stderr === undefined || stderr === '' ? message : stderr.trim()
      throw new SlurmError(`${command} failed: ${reason}. Is Slurm installed and its controller up?`, error)
    }
  }
}
