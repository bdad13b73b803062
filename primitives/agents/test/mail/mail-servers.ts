import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { userInfo, tmpdir } from 'node:os'
import { join } from 'node:path'
import { sleep } from '@heavylift/core/async'
import { SMTPServer } from 'smtp-server'

export const login = { user: 'ada', password: 'the password of the mailbox' }

/** Dovecot on loopback with one mailbox, in a folder of its own. */
export async function startDovecot(messages: readonly string[]) {
  const dir = await mkdtemp(join(tmpdir(), 'agents-mail-'))
  await chmod(dir, 0o755)
  const mail = join(dir, 'mail')
  for (const folder of ['', '.Sent'])
    for (const part of ['cur', 'new', 'tmp']) await mkdir(join(mail, folder, part), { recursive: true })
  for (const [at, message] of messages.entries())
    await writeFile(
      join(mail, 'new', `${1_700_000_000 + at}.M${at}P1.host`),
      message.replaceAll('\n', '\r\n'),
    )
  const user = userInfo().username
  // As root its processes are the users of its package, which it insists on.
  const root = userInfo().uid === 0
  const [uid, gid] = root ? [65_534, 65_534] : [userInfo().uid, userInfo().gid]
  if (root)
    for (const each of ['', ...(await readdir(dir, { recursive: true }))])
      await chown(join(dir, each), uid!, gid!)
  const port = await freePort()
  await writeFile(join(dir, 'users'), `${login.user}:{PLAIN}${login.password}:::::\n`)
  await writeFile(
    join(dir, 'dovecot.conf'),
    `
base_dir = ${dir}/run
state_dir = ${dir}/state
log_path = ${dir}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
${root ? '' : `default_internal_user = ${user}\ndefault_login_user = ${user}`}
first_valid_uid = 0
first_valid_gid = 0
mail_location = maildir:${mail}
service anvil { 
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap { 
    port = ${port}
  }
  inet_listener imaps { 
    port = 0
  }
}
passdb { 
  driver = passwd-file
  args = scheme=PLAIN ${dir}/users
}
userdb { 
  driver = static
  args = uid=${uid} gid=${gid} home=${dir}
}
namespace inbox { 
  inbox = yes
  separator = /
  mailbox Sent { 
    special_use = \\Sent
  }
}
`,
  )
  const child = spawn('dovecot', ['-F', '-c', join(dir, 'dovecot.conf')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
  for (let tries = 0; !(await answers(port)); tries++) {
    if (tries === 300 || child.exitCode !== null) throw new Error(`Dovecot does not answer: ${said}`)
    await sleep(50)
  }
  return {
    port,
    async close() {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
      await rm(dir, { recursive: true, force: true })
    },
  }
}

export interface Received {
  from: string
  to: string[]
  raw: string
}

/** An SMTP server on loopback that keeps what it is sent. `drops` breaks the connection once the text has come. */
export async function startSmtp() {
  const received: Received[] = []
  const state = { drops: false }
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authOptional: false,
    allowInsecureAuth: true,
    logger: false,
    onAuth: ({ username, password }, _session, callback) =>
      username === login.user && password === login.password
        ? callback(null, { user: username })
        : callback(new Error('wrong')),
    onRcptTo: ({ address }, _session, callback) =>
      callback(
        address.startsWith('nobody@')
          ? Object.assign(new Error('no such mailbox'), { responseCode: 550 })
          : null,
      ),
    onData(stream, session, callback) {
      let raw = ''
      stream.on('data', (chunk: Buffer) => (raw += chunk.toString()))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        received.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          raw,
        })
        if (state.drops) server.close()
        if (state.drops)
          for (const each of server.connections)
            (each as unknown as { _socket: { destroy(): void } })._socket.destroy()
        else callback(null)
      })
    },
  })
  server.on('error', () => undefined)
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  return {
    port: (listening.address() as AddressInfo).port,
    received,
    state,
    close: () => new Promise<void>((done) => server.close(() => done())),
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function answers(port: number): Promise<boolean> {
  const { connect } = await import('node:net')
  return await new Promise((done) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('data', (chunk: Buffer) => {
      socket.destroy()
      done(chunk.toString().startsWith('* OK'))
    })
    socket.once('error', () => done(false))
    socket.once('close', () => done(false))
  })
}
