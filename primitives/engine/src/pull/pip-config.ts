import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where this machine's pip looks for packages, as its owner configured it. */
export interface PipIndexes {
  /** Addresses of simple indexes (PEP 503), the first one preferred. May hold a user name and password. */
  indexUrls: string[]
  /** Local folders with wheels. */
  findLinks: string[]
  /** A file of certificates to trust, or null. */
  certFile: string | null
}

const defaultIndex = 'https://pypi.org/simple'

/** Sections in the order in which pip lets them win for `pip download`. */
const sections = ['global', 'download']

/** The `key = value` lines of pip's configuration file (INI; indented lines continue a value), by section. */
export function parsePipConfig(text: string): Map<string, Map<string, string>> {
  const result = new Map<string, Map<string, string>>()
  let section: Map<string, string> | null = null
  let key = ''
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*([#;]|$)/.test(line)) continue
    const header = /^\[([^\]]+)\]/.exec(line)
    if (header) {
      section = result.get(header[1] ?? '') ?? new Map<string, string>()
      result.set(header[1] ?? '', section)
      continue
    }
    if (section === null) continue
    if (/^\s/.test(line) && key !== '') {
      section.set(key, `${section.get(key) ?? ''} ${line.trim()}`.trim())
      continue
    }
    const entry = /^([^=:]+?)\s*[=:]\s*(.*)$/.exec(line)
    if (!entry) continue
    key = (entry[1] ?? '').trim().toLowerCase().replaceAll('_', '-')
    section.set(key, (entry[2] ?? '').trim())
  }
  return result
}

/**
 * The indexes from configuration files (later ones win) under environment variables, which win over all; without any,
 * the public index.
 */
export function resolvePipIndexes(
  files: readonly string[],
  env: Record<string, string | undefined>,
): PipIndexes {
  const values = new Map<string, string>()
  for (const text of files) {
    const parsed = parsePipConfig(text)
    for (const section of sections) {
      for (const [key, value] of parsed.get(section) ?? []) values.set(key, value)
    }
  }
  for (const key of ['index-url', 'extra-index-url', 'no-index', 'find-links', 'cert']) {
    const value = env[`PIP_${key.toUpperCase().replaceAll('-', '_')}`]
    if (value !== undefined && value !== '') values.set(key, value)
  }
  const list = (key: string) => (values.get(key) ?? '').split(/\s+/).filter((word) => word !== '')
  const isOffline = /^(1|true|yes|on)$/i.test(values.get('no-index') ?? '')
  return {
    indexUrls: isOffline
      ? []
      : [values.get('index-url') ?? defaultIndex, ...list('extra-index-url')].map((url) =>
          url.replace(/\/+$/, ''),
        ),
    findLinks: list('find-links').filter((link) => !/^https?:/.test(link)),
    certFile: values.get('cert') ?? null,
  }
}

/** Reads pip's configuration files of this machine (pip user guide, "Configuration files"); absent ones are skipped. */
export async function readPipIndexes(
  env: Record<string, string | undefined>,
  platform: NodeJS.Platform = process.platform,
): Promise<PipIndexes> {
  if (env['PIP_CONFIG_FILE'] === '/dev/null') return resolvePipIndexes([], env)
  const texts = await Promise.all(
    pipConfigFiles(env, platform).map((path) => readFile(path, 'utf8').catch(() => '')),
  )
  return resolvePipIndexes(texts, env)
}

/** In the order in which pip reads them: machine, user, environment, then the one that is named. */
function pipConfigFiles(env: Record<string, string | undefined>, platform: NodeJS.Platform): string[] {
  const home = env['HOME'] ?? homedir()
  const files: string[] = []
  if (platform === 'win32') {
    files.push(join(env['PROGRAMDATA'] ?? 'C:\\ProgramData', 'pip', 'pip.ini'))
    files.push(
      join(home, 'pip', 'pip.ini'),
      join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'pip', 'pip.ini'),
    )
  } else {
    const machine = (env['XDG_CONFIG_DIRS'] ?? '/etc/xdg').split(':')
    files.push(...machine.map((folder) => join(folder, 'pip', 'pip.conf')), '/etc/pip.conf')
    files.push(join(home, '.pip', 'pip.conf'))
    files.push(join(env['XDG_CONFIG_HOME'] ?? join(home, '.config'), 'pip', 'pip.conf'))
    if (platform === 'darwin') files.push(join(home, 'Library', 'Application Support', 'pip', 'pip.conf'))
  }
  if (env['VIRTUAL_ENV']) files.push(join(env['VIRTUAL_ENV'], platform === 'win32' ? 'pip.ini' : 'pip.conf'))
  if (env['PIP_CONFIG_FILE']) files.push(env['PIP_CONFIG_FILE'])
  return files
}
