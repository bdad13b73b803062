import { indented, list, quoted } from './writer.ts'
import type { Writer } from './writer.ts'
import type { Step } from './steps.ts'

/** Languages with braces; `end` ends a statement. */
export function braced(end: string, let_: string, answer: (status: string) => string): Writer['step'] {
  return (step, write, test) => {
    switch (step.k) {
      case 'let':
        return `${let_} ${step.name} = ${String(step.value)}${end}\n`
      case 'set':
        return `${step.name} = ${String(step.value)}${end}\n`
      case 'if':
        return `if (${test(step.test)}) {\n${write(step.body)}} else {\n${write(step.otherwise)}}\n`
      case 'switch': {
        const isOver = (body: readonly Step[]) => body.at(-1)?.k === 'answer'
        const leave = (body: readonly Step[]) => (isOver(body) ? '' : `  break${end}\n`)
        const cases = step.cases.map(
          ({ text, body }) => `case ${quoted(text)}: {\n${write(body)}${leave(body)}}\n`,
        )
        const rest = step.rest ? `default: {\n${write(step.rest)}}\n` : ''
        return `switch (${end === ';' ? `${step.on} == null ? "" : ${step.on}` : step.on}) {\n${cases.join('')}${rest}}\n`
      }
      case 'try':
        return `try {\n${write(step.before)}  risky(${step.risk})${end}\n${write(step.after)}} catch (${end === ';' ? 'Lost ' : ''}error) {\n${end === ';' ? '' : '  if (error instanceof Refused) throw error\n'}${write(step.caught)}}\n`
      case 'look':
        return end === ';'
          ? `for (String one : List.of(${list(step.among)})) {\n  if (one.equals(${step.subject})) {\n    ${step.name} = true;\n  }\n}\n`
          : `for (const one of [${list(step.among)}]) {\n  if (one === ${step.subject}) {\n    ${step.name} = true\n  }\n}\n`
      case 'answer':
        return answer(String(step.status))
      case 'collect':
        if (end === '') return `const ${step.name} = ${step.kind === 'list' ? '[]' : '{}'}\n`
        return step.kind === 'list'
          ? `List<String> ${step.name} = new ArrayList<>();\n`
          : `Map<String, String> ${step.name} = new HashMap<>();\n`
      case 'put':
        if (end === '')
          return step.kind === 'list'
            ? `${step.name}.push(${quoted(step.text)})\n`
            : `${step.name}.${step.text} = 'wrong'\n`
        return step.kind === 'list'
          ? `${step.name}.add(${quoted(step.text)});\n`
          : `${step.name}.put(${quoted(step.text)}, "wrong");\n`
      case 'table':
        return end === ''
          ? `const ${step.name} = { ${step.keys.map((key, at) => `${key}: ${at + 1}`).join(', ')} }[${step.subject}]\n`
          : `Integer ${step.name} = Map.of(${step.keys.map((key, at) => `${quoted(key)}, ${at + 1}`).join(', ')}).get(${step.subject} == null ? "" : ${step.subject});\n`
      case 'refuse':
        return `refuse(${step.subject}, ${quoted(step.text)}, ${step.status})${end}\n`
      case 'each':
        return end === ''
          ? `for (const one of [${list(step.among)}]) {\n  if (one === ${step.subject}) {\n${indented(write(step.body))}  }\n}\n`
          : `for (String one : List.of(${list(step.among)})) {\n  if (one.equals(${step.subject})) {\n${indented(write(step.body))}  }\n}\n`
      case 'skip':
        return end === ''
          ? `for (const one of [${list(step.among)}]) {\n  if (one !== ${step.subject}) continue\n${write(step.body)}}\n`
          : `for (String one : List.of(${list(step.among)})) {\n  if (!one.equals(${step.subject})) continue;\n${write(step.body)}}\n`
      case 'choose':
        return `${end === '' ? 'const' : 'String'} ${step.name} = ${test(step.test)} ? "first" : "second"${end}\n`
      case 'deep':
        return `inner(${step.subject}, ${step.other}, ${quoted(step.text)}, ${step.status})${end}\n`
      case 'result':
        return end === ''
          ? `const ${step.name} = checked(${step.subject}, ${quoted(step.text)}, ${step.status})\nif (!${step.name}.ok) {\n  ${answer(`${step.name}.status`)}}\n`
          : `Checked ${step.name} = checked(${step.subject}, ${quoted(step.text)}, ${step.status});\nif (!${step.name}.ok()) {\n  ${answer(`${step.name}.status()`)}}\n`
      case 'either':
        return answer(`${test(step.test)} ? ${step.status} : ${step.other}`)
    }
  }
}
