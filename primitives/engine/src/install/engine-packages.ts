import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { PullError } from '../pull/pull-error.ts'

/** The engine's release. Its binaries carry the same number. */
export const engineVersion = '3.22.1'
const jinjaVersion = '0.5.11'

/** What decides which binaries fit. */
export interface Machine {
  platform: NodeJS.Platform
  arch: string
  hasNvidia: boolean
}

const binaries: Record<string, string> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'linux-arm': 'linux-armv7l',
  'linux-riscv64': 'linux-riscv64',
  'darwin-arm64': 'mac-arm64-metal',
  'darwin-x64': 'mac-x64',
  'win32-x64': 'win-x64',
  'win32-arm64': 'win-arm64',
}

/**
 * The packages of the engine for a machine: the library and only the binaries that fit it; all of its optional packages
 * together are 600 MB. Throws `PullError` when there are none for it.
 */
export function enginePackages({ platform, arch, hasNvidia }: Machine): Record<string, string> {
  const binary = binaries[`${platform}-${arch}`]
  if (binary === undefined) {
    throw new PullError(
      'engine-install-failed',
      `There is no local engine for ${platform} on ${arch}. Serve the model elsewhere (vLLM, llama-server, Ollama) and name its address as a provider.`,
    )
  }
  const withCuda = hasNvidia && (binary === 'linux-x64' || binary === 'win-x64')
  const names = [binary, ...(withCuda ? [`${binary}-cuda`, `${binary}-cuda-ext`] : [])]
  return {
    'node-llama-cpp': engineVersion,
    '@huggingface/jinja': jinjaVersion,
    ...Object.fromEntries(names.map((name) => [`@node-llama-cpp/${name}`, engineVersion])),
  }
}

export function thisMachine(): Machine {
  const { platform, arch } = process
  const hasNvidia =
    platform === 'win32'
      ? existsSync(join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'nvcuda.dll'))
      : existsSync('/proc/driver/nvidia/version') || existsSync('/dev/nvidiactl')
  return { platform, arch, hasNvidia }
}
