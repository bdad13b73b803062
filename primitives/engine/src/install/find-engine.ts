import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { enginePackages, engineVersion, thisMachine } from './engine-packages.ts'

/** Where the engine for this machine belongs. Another release, or another graphics card, is another folder. */
export function engineFolder(dataDir: string): string {
  return join(dataDir, 'engine', folderName(enginePackages(thisMachine())))
}

/** Folder of the installed engine, or null. */
export async function findEngine(dataDir: string): Promise<string | null> {
  const folder = engineFolder(dataDir)
  const entry = await stat(join(folder, 'node_modules', 'node-llama-cpp', 'package.json')).catch(() => null)
  return entry === null ? null : folder
}

function folderName(packages: Record<string, string>): string {
  const hash = createHash('sha256').update(JSON.stringify(packages)).digest('hex').slice(0, 8)
  return `node-llama-cpp-${engineVersion}-${hash}`
}
