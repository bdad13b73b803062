import { spawnSync } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { HeavyliftError, type Logger } from '@heavylift/core'

/** The user that PostgreSQL's processes run as; null means our own. */
export interface RunAs {
  uid: number
  gid: number
}

/** Options for `spawn` that make the child that user. */
export function toSpawnUser(runAs: RunAs | null): { uid?: number; gid?: number } {
  return runAs ? { uid: runAs.uid, gid: runAs.gid } : {}
}

/**
 * PostgreSQL refuses to run as root. As a normal user this is null; as root it is the owner of an existing data folder,
 * else the machine's `postgres` user, else a system user `heavylift` that is created once, else `nobody`.
 * @throws HeavyliftError `postgres-user-missing`
 */
export async function chooseUser(existingDataDir: string, log: Logger): Promise<RunAs | null> {
  if (process.getuid?.() !== 0) return null
  const owner = await stat(existingDataDir).catch(() => null)
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const found = lookUp('postgres') ?? lookUp('_postgres') ?? lookUp('heavylift')
  if (found) return found
  const created = spawnSync('useradd', ['--system', '--no-create-home', '--shell', '/bin/false', 'heavylift'])
  const user = created.status === 0 ? lookUp('heavylift') : null
  if (user) {
    log.info({ user: 'heavylift' }, 'created a system user, because PostgreSQL does not run as root')
    return user
  }
  const nobody = lookUp('nobody')
  if (nobody) {
    log.warn({}, 'PostgreSQL runs as "nobody"; create a "postgres" user to keep its files apart from others')
    return nobody
  }
  throw new HeavyliftError({
    code: 'postgres-user-missing',
    message:
      'PostgreSQL does not run as root, and this machine has no other user to run it as. Create one (`useradd --system postgres`), start as a normal user, or set DATABASE_URL.',
  })
}

function lookUp(name: string): RunAs | null {
  const id = (flag: string): number => {
    const result = spawnSync('id', [flag, name], { encoding: 'utf8' })
    return result.status === 0 ? Number(result.stdout.trim()) : Number.NaN
  }
  const uid = id('-u')
  const gid = id('-g')
  return Number.isInteger(uid) && Number.isInteger(gid) && uid !== 0 ? { uid, gid } : null
}

/** Whether the user may enter a folder: asked of the system itself, since modes, ACLs and mounts all decide. */
export function canEnter(folder: string, runAs: RunAs | null): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd "$0"', folder], { cwd: '/', ...toSpawnUser(runAs) }).status === 0
}
