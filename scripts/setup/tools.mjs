// Programs that some tests need beside what npm brings. On Debian as root they are installed; elsewhere it is said which
// tests are left out, and why.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readFileSync, readdirSync } from 'node:fs'
import { delimiter, dirname, join, relative } from 'node:path'
import { say } from './output.mjs'

/**
 * `usedBy` finds the tests that need the tool in their source; the path that `variable` names, then `commands` are tried in
 * order; `debianPackage` brings it.
 * @type {{ name: string, variable?: string, commands: string[], debianPackage: string, usedBy: RegExp }[]}
 */
export const tools = [
  {
    name: 'Chromium',
    variable: 'CHROMIUM',
    commands: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    debianPackage: 'chromium',
    usedBy: /from ['"]playwright-core['"]/,
  },
  {
    name: 'NATS server',
    commands: ['nats-server'],
    debianPackage: 'nats-server',
    usedBy: /startNats\w*\(/,
  },
  {
    name: 'ffmpeg',
    commands: ['ffmpeg'],
    debianPackage: 'ffmpeg',
    usedBy: /\b(?:renderDemoVideo|runFfmpeg|videoCommand)\b/,
  },
  {
    name: 'Slurm',
    commands: ['slurmctld'],
    debianPackage: 'slurm-wlm',
    usedBy: /startSlurm\(/,
  },
  {
    name: 'Dovecot',
    commands: ['dovecot'],
    debianPackage: 'dovecot-imapd',
    usedBy: /startDovecot\(/,
  },
  {
    name: 'mosquitto',
    commands: ['mosquitto'],
    debianPackage: 'mosquitto',
    usedBy: /startMosquitto\(/,
  },
  {
    name: 'nginx',
    commands: ['nginx'],
    debianPackage: 'nginx-light',
    usedBy: /startNginx\(|startNginx \}/,
  },
  {
    name: 'Caddy',
    commands: ['caddy'],
    debianPackage: 'caddy',
    usedBy: /startCaddy\(|startCaddy \}/,
  },
  {
    name: 'MUNGE',
    commands: ['munged'],
    debianPackage: 'munge',
    usedBy: /startSlurm\(/,
  },
]

/** The path of the first of `commands` that is on PATH, or null. @param {string[]} commands */
export function findCommand(commands) {
  for (const command of commands) {
    for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
      const file = join(folder, command)
      try {
        accessSync(file, constants.X_OK)
        return file
      } catch {
        // Not in this folder.
      }
    }
  }
  return null
}

/**
 * Test files, relative to `root`, that need a program which this machine lacks.
 * @param {string} root
 * @returns {string[]}
 */
export function testsLeftOut(root) {
  const files = readTestSources(root)
  return tools.filter((tool) => !isThere(tool)).flatMap(({ usedBy }) => testsThatUse(usedBy, files))
}

/** @param {string} root */
export async function provideTools(root) {
  const files = readTestSources(root)
  for (const tool of tools) {
    const users = testsThatUse(tool.usedBy, files)
    if (users.length === 0 || isThere(tool)) continue
    const reason = canInstall()
      ? installPackage(tool.debianPackage)
      : 'only Debian as root is served by this script'
    if (!isThere(tool)) {
      say(
        `${tool.name} is missing (${reason}). Left out for it:\n${users.map((file) => `  ${file}`).join('\n')}`,
      )
    }
  }
}

/**
 * Test files that match, and those beside a helper that does.
 * @param {RegExp} pattern
 * @param {{ file: string, text: string }[]} files
 */
export function testsThatUse(pattern, files) {
  const matching = files.filter(({ text }) => pattern.test(text)).map(({ file }) => file)
  const helperFolders = new Set(matching.filter((file) => !isTest(file)).map((file) => dirname(file)))
  return files
    .map(({ file }) => file)
    .filter((file) => isTest(file) && (matching.includes(file) || helperFolders.has(dirname(file))))
}

/** @param {(typeof tools)[number]} tool */
function isThere({ variable, commands }) {
  const given = variable === undefined ? undefined : process.env[variable]
  return given === undefined ? findCommand(commands) !== null : existsSync(given)
}

/** @param {string} root */
function readTestSources(root) {
  return testSources(root).map((file) => ({
    file: relative(root, file),
    text: readFileSync(file, 'utf8'),
  }))
}

/** @param {string} file */
function isTest(file) {
  return /\.test\.tsx?$/.test(file)
}

function canInstall() {
  return (
    process.platform === 'linux' &&
    process.getuid?.() === 0 &&
    existsSync('/etc/debian_version') &&
    findCommand(['apt-get']) !== null
  )
}

/** @param {string} name @returns {string} why it failed, empty when it did not */
function installPackage(name) {
  say(`Installing ${name} for the tests (apt-get) …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (/** @type {string[]} */ args) =>
    spawnSync('apt-get', ['-qq', ...args], { env, encoding: 'utf8' })
  const install = () => apt(['install', '-y', '--no-install-recommends', name])
  let result = install()
  if (result.status !== 0) {
    // The package lists may be absent or old.
    apt(['update'])
    result = install()
  }
  return result.status === 0
    ? ''
    : `apt-get said: ${(result.stderr || result.stdout).trim().split('\n').at(-1)}`
}

/** Tests and the helpers beside them. @param {string} root @returns {string[]} */
function testSources(root) {
  /** @param {string} folder @returns {string[]} */
  const visit = (folder) =>
    existsSync(folder)
      ? readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
          const path = join(folder, entry.name)
          if (entry.isDirectory())
            return entry.name === 'node_modules' || entry.name === 'dist' ? [] : visit(path)
          return /\.tsx?$/.test(entry.name) && /(^|[\\/])(e2e|test)[\\/]/.test(relative(root, path))
            ? [path]
            : []
        })
      : []
  return ['primitives', 'systems', 'apps', 'e2e'].flatMap((group) => visit(join(root, group)))
}
