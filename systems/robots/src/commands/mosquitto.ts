import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { CommandInput } from '@heavylift/core'
import { mosquittoAcl, mosquittoConfig } from '../control/broker/mosquitto.ts'
import { readFloorFile } from '../control/floor-file.ts'
import { countOf, textOf } from './options.ts'

/** `heavylift robots mosquitto FOLDER`: what mosquitto needs to serve a floor's robots; passwords are added by its own `mosquitto_passwd`. */
export async function runMosquitto({ args, options, print }: CommandInput): Promise<unknown> {
  const folder = resolve(args['folder']!)
  const { robots } = await readFloorFile(textOf(options, 'floor'))
  const [key, cert] = [textOf(options, 'key', ''), textOf(options, 'cert', '')]
  const [aclFile, passwordFile, configFile] = ['acl', 'passwords', 'mosquitto.conf'].map((name) =>
    join(folder, name),
  ) as [string, string, string]
  await mkdir(folder, { recursive: true })
  await writeFile(aclFile, mosquittoAcl(robots), { mode: 0o600 })
  await writeFile(
    configFile,
    mosquittoConfig({
      host: textOf(options, 'host', '127.0.0.1'),
      port: countOf(options, 'port', 1883),
      aclFile,
      passwordFile,
      tls: key === '' || cert === '' ? null : { keyFile: resolve(key), certFile: resolve(cert) },
    }),
  )
  print(
    `Add passwords: mosquitto_passwd -b ${passwordFile} control PASSWORD, and one for each robot (manufacturer/serialNumber).`,
  )
  print(`Then: mosquitto -c ${configFile}`)
  return { configFile, aclFile, passwordFile }
}
