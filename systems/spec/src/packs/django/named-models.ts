import type { Interpreter } from '../../resolve/interpreter.ts'
import type { Value } from '../../resolve/values.ts'

/**
 * Django, "Customizing authentication": `get_user_model()` gives the class that the setting `AUTH_USER_MODEL` names by the label of its application, which is the last part of its
 * package's name, and its own. Null where the repository has none such.
 */
export function userModelCall(interpreter: Interpreter, callee: Value): Value | null {
  if (callee.t !== 'symbol' || callee.path !== 'django.contrib.auth.get_user_model') return null
  const [label, name, ...more] = settingText(interpreter, 'AUTH_USER_MODEL')?.split('.') ?? []
  if (label === undefined || name === undefined || more.length > 0) return null
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
