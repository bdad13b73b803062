import type { Interpreter } from '../../resolve/interpreter.ts'
import type { ArgValue, Value } from '../../resolve/values.ts'
import { textOf } from '../../resolve/values.ts'

/**
 * Django, "Customizing authentication" and "Applications": `get_user_model()` gives the class that the setting `AUTH_USER_MODEL` names by the label of its application, which is the
 * last part of its package's name, and its own; `apps.get_model` is given both. Null where the repository has none such.
 */
export function modelCall(interpreter: Interpreter, callee: Value, args: readonly ArgValue[]): Value | null {
  if (callee.t !== 'symbol') return null
  switch (callee.path) {
    case 'django.contrib.auth.get_user_model':
      return modelNamed(interpreter, settingText(interpreter, 'AUTH_USER_MODEL'))
    case 'django.apps.apps.get_model':
    case 'swapper.load_model': {
      const texts = args.slice(0, 2).map(({ value }) => textOf(value))
      return modelNamed(interpreter, texts.includes(null) ? null : texts.join('.'))
    }
    default:
      return null
  }
}

function modelNamed(interpreter: Interpreter, text: string | null): Value | null {
  const [label, name, ...more] = text?.split('.') ?? []
  if (label === undefined || name === undefined || more.length > 0 || !/^\w+$/.test(label)) return null
  const isOfModels = new RegExp(`(?:^|/)${label}/models(?:\\.py|/__init__\\.py)$`)
  for (const module of interpreter.project.modules.values()) {
    if (module.language !== 'python' || !isOfModels.test(module.path)) continue
    const found = interpreter.runModule(module).get(name)
    if (found?.t === 'class') return found
  }
  return null
}

// A text of Django's settings; null where they say none, or more than one.
function settingText({ project }: Interpreter, name: string): string | null {
  const texts = new Set(
    [...project.modules.values()]
      .filter(({ language, text }) => language === 'python' && text.includes(name))
      .flatMap(({ body }) => body)
      .flatMap((stmt) =>
        stmt.k === 'let' && stmt.target.k === 'name' && stmt.target.name === name && stmt.value?.k === 'str'
          ? [stmt.value.value]
          : [],
      ),
  )
  const [only = null] = texts
  return texts.size === 1 ? only : null
}
