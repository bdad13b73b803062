import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'

/** Debian's Chromium, or the one that `CHROMIUM` names, without a product behind it. */
export function launchBrowser(): Promise<Browser> {
  const paths = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser']
  return chromium.launch({
    executablePath: paths.find((path) => path !== undefined && existsSync(path)) ?? '',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
}
