import type { Ways } from '../steps.ts'

/** Constants, texts, numbers and loops. */
export const goValues: Ways = {
  help: `
const (
	minLimit = 0
	maxLimit = 3
)

type Kind string

const (
	KindX Kind = "x"
	KindY Kind = "y"
)

func (k Kind) IsValid() bool {
	switch k {
	case KindX, KindY:
		return true
	}
	return false
}

var weights = map[string]int{"x": 1, "y": 2}
var known = regexp.MustCompile("^[xy]$")
`,
  steps: {
    number: [
      ({ x, status, second, name, answer }) =>
        `${name}, err := strconv.Atoi(${x})\nif err != nil {\n  ${answer(String(status))}}\nif ${name} > maxLimit {\n  ${answer(String(second))}}\n`,
      ({ x, status, second, name, answer }) =>
        `if ${name}, err := strconv.ParseInt(${x}, 10, 64); err != nil {\n  ${answer(String(status))}} else if ${name} < minLimit || ${name} > maxLimit {\n  ${answer(String(second))}}\n`,
    ],
    among: [
      ({ x, status, answer }) => `if !Kind(${x}).IsValid() {\n  ${answer(String(status))}}\n`,
      ({ x, status, answer }) => `if !known.MatchString(${x}) {\n  ${answer(String(status))}}\n`,
      ({ x, status, answer }) => `if _, ok := weights[${x}]; !ok {\n  ${answer(String(status))}}\n`,
    ],
    optional: [
      ({ x, status, answer }) =>
        `if ${x} != "" {\n  if _, ok := weights[${x}]; !ok {\n    ${answer(String(status))}  }\n}\n`,
    ],
    first: [
      ({ x, z, y, status, second, answer }) =>
        `switch ${y} {\ncase ${x}:\n  ${answer(String(status))}case ${z}:\n  ${answer(String(second))}}\n`,
      ({ x, z, y, status, second, answer }) =>
        `switch {\ncase ${x} == ${y}:\n  ${answer(String(status))}case ${z} == ${y}:\n  ${answer(String(second))}}\n`,
    ],
    is: [
      ({ x, y, status, answer }) =>
        `if strings.ToLower(strings.TrimSpace(${x})) == ${y} {\n  ${answer(String(status))}}\n`,
      ({ x, y, status, answer }) =>
        `switch ${x} {\ncase "none":\n  fallthrough\ncase ${y}:\n  ${answer(String(status))}}\n`,
    ],
  },
  tests: [(x, y) => `strings.HasPrefix(${x}, ${y})`, (x, y) => `strings.EqualFold(${x}, ${y})`],
  around: [
    ({ x, y, name }, body) =>
      `${name}:\nfor _, one := range []string{${y}} {\n  for _, two := range []string{${x}} {\n    if one != two {\n      continue ${name}\n    }\n  }\n${body}}\n`,
    ({ x, y }, body) => `for {\n  if ${x} != ${y} {\n    break\n  }\n${body}  break\n}\n`,
  ],
}
