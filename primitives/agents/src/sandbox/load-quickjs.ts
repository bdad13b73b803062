import { newQuickJSWASMModuleFromVariant } from 'quickjs-emscripten-core'
import type { QuickJSSyncVariant, QuickJSWASMModule } from 'quickjs-emscripten-core'

/** QuickJS as WebAssembly: JavaScript in it reaches nothing of this process. */
export async function loadQuickJs(): Promise<QuickJSWASMModule> {
  const loaded: { default: unknown } = await import('@jitl/quickjs-wasmfile-release-sync')
  // Its types are those of a CommonJS module, where Node finds the variant itself.
  return await newQuickJSWASMModuleFromVariant(loaded.default as QuickJSSyncVariant)
}
