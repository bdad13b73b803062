import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

export interface ReverseProxy {
  address: string
  stop(): Promise<void>
}

/** nginx as Debian brings it, with nothing but `proxy_pass`: it sends its own name as `Host` and no forwarding header. */
export function startNginx(target: string): Promise<ReverseProxy> {
  return startProxy((port, folder) => {
    const config = join(folder, 'nginx.conf')
    writeFileSync(
      config,
      `daemon off; error_log ${folder}/error.log; pid ${folder}/nginx.pid;
       events {}
       http {
         access_log off; client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy;
         fastcgi_temp_path ${folder}/fastcgi; uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
         server { listen 127.0.0.1:${port}; location / { proxy_pass ${target}; } }
       }`,
    )
    return ['nginx', ['-c', config]]
  })
}

/** Caddy with nothing but `reverse_proxy`: it keeps `Host` and adds forwarding headers. */
export function startCaddy(target: string): Promise<ReverseProxy> {
  return startProxy((port, folder) => {
    const config = join(folder, 'Caddyfile')
    writeFileSync(
      config,
      `{
         admin off
         auto_https off
         storage file_system ${folder}
       }
       http://127.0.0.1:${port} {
         reverse_proxy ${target}
       }`,
    )
    return ['caddy', ['run', '--config', config, '--adapter', 'caddyfile']]
  })
}

async function startProxy(
  prepare: (port: number, folder: string) => [command: string, args: string[]],
): Promise<ReverseProxy> {
  const folder = mkdtempSync(join(tmpdir(), 'heavylift-proxy-'))
  const port = await freePort()
  const [command, args] = prepare(port, folder)
  const child = spawn(command, args, { stdio: 'ignore', env: { ...process.env, HOME: folder } })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const address = `http://127.0.0.1:${port}`
  for (let attempt = 0; attempt < 200; attempt++) {
    if (
      await fetch(`${address}/healthz`).then(
        () => true,
        () => false,
      )
    )
      break
    await wait(50)
  }
  return {
    address,
    async stop() {
      child.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
