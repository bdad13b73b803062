import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { installationToken, readInstallationToken } from '../src/access/installation-token.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'heavylift-token-'))
  path = join(folder, 'data', 'token')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('is made once, for its owner only, and leaves no draft [SERVER-SIGNIN-02]', () => {
  expect(readInstallationToken(path)).toBeNull()
  const token = installationToken(path)
  expect(token).toMatch(/^hl_it_[A-Za-z0-9_-]{43}$/)
  expect(installationToken(path)).toBe(token)
  expect(readInstallationToken(path)).toBe(token)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700)
  expect(readdirSync(join(folder, 'data'))).toEqual(['token'])
})

test('is closed to others again where a copy opened it', () => {
  installationToken(path)
  chmodSync(path, 0o644)
  readInstallationToken(path)
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

test('is never guessed from a file that holds something else', () => {
  installationToken(path)
  writeFileSync(path, 'secret')
  expect(() => installationToken(path)).toThrow(
    expect.objectContaining({ code: 'installation-token-invalid' }),
  )
})
