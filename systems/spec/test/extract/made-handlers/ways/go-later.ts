import { refused } from './go-refused.ts'
import type { Ways } from '../steps.ts'

/** What comes later or by way of functions. */
export const goLater: Ways = {
  help: `
func found(x, y string) (string, bool) {
	if x == y {
		return x, true
	}
	return "", false
}

func checker(y string, status int) func(string) error {
	return func(x string) error {
		if x == y {
			return NewRefused(status)
		}
		return nil
	}
}

func all(checks ...func() error) error {
	for _, check := range checks {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func contains[T comparable](all []T, one T) bool {
	for _, other := range all {
		if other == one {
			return true
		}
	}
	return false
}

func within(work func() error) error {
	defer isIt("x", "y")
	return work()
}
`,
  steps: {
    is: [
      ({ x, y, status }) => refused(`checker(${y}, ${status})(${x})`),
      ({ x, y, status, answer }) => `if _, ok := found(${x}, ${y}); ok {\n  ${answer(String(status))}}\n`,
      ({ x, y, status }) =>
        refused(
          `within(func() error {\n  if ${x} == ${y} {\n    return NewRefused(${status})\n  }\n  return nil\n})`,
        ),
    ],
    both: [
      ({ x, z, y, status, name, answer }) =>
        `${name} := func() bool {\n  return ${z} != "" && ${x} == ${y}\n}\nif ${name}() {\n  ${answer(String(status))}}\n`,
    ],
    first: [
      ({ x, z, y, status, second }) =>
        refused(
          `all(func() error { return RulesOf(${y}, ${status}).Check(${x}) }, func() error { return RulesOf(${y}, ${second}).Check(${z}) })`,
        ),
    ],
    needed: [
      ({ x, y, status, second, answer }) =>
        `if ${x} == "" {\n  ${answer(String(status))}}\nif _, ok := found(${x}, ${y}); !ok {\n  ${answer(String(second))}}\n`,
    ],
    among: [
      ({ x, status, answer }) => `if !contains([]string{"x", "y"}, ${x}) {\n  ${answer(String(status))}}\n`,
    ],
    optional: [
      ({ x, status, answer }) =>
        `if ${x} != "" && !slices.Contains([]string{"x", "y"}, ${x}) {\n  ${answer(String(status))}}\n`,
    ],
  },
  tests: [(x, y) => `contains([]string{${y}}, ${x})`, (x, y) => `slices.Contains([]string{${y}}, ${x})`],
  around: [({ x, y, name }, body) => `if ${name}, ok := found(${x}, ${y}); ok {\n  _ = ${name}\n${body}}\n`],
}
