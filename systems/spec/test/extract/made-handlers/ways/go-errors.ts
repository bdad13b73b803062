import { refused } from './go-refused.ts'
import type { Use, Ways } from '../steps.ts'

const thrownAs: Record<number, (use: Use) => string> = {
  418: ({ x, y }) => `if ${x} == ${y} {\n  writeError(g, errTeapot)\n  return\n}\n`,
  421: ({ x, y }) => refused(`misdirect(${x}, ${y})`),
  426: ({ x, y }) => refused(`upgrade(${x}, ${y})`),
  428: ({ x, y }) => refused(`unconditional(${x}, ${y})`),
  429: ({ x, y }) => refused(`slowly(${x}, ${y})`),
  431: ({ x, y }) => refused(`large(${x}, ${y})`),
}

/** Errors of its own, what takes them, and what goes on. */
export const goErrors: Ways = {
  help: `
var (
	errNone       = errors.New("none")
	errTeapot     = errors.New("teapot")
	errMisdirect  = errors.New("misdirected")
	errSlow       = errors.New("slow")
	errLarge      = fmt.Errorf("large: %w", errNone)
	statusOfError = map[string]int{"old": 426, "new": 425}
)

type Refused struct {
	Status int
}

func (r *Refused) Error() string {
	return "refused"
}

func NewRefused(status int) error {
	return &Refused{Status: status}
}

type Coded struct {
	code string
}

func (c Coded) Error() string {
	return c.code
}

type statuser interface {
	StatusCode() int
}

type condition struct{}

func (condition) Error() string   { return "condition" }
func (condition) StatusCode() int { return 428 }

func misdirect(x, y string) error {
	if x == y {
		return fmt.Errorf("barn %s: %w", x, errMisdirect)
	}
	return nil
}

func upgrade(x, y string) (err error) {
	if x == y {
		err = Coded{code: "old"}
	}
	return
}

func unconditional(x, y string) error {
	if x == y {
		return condition{}
	}
	return nil
}

func busy(x, y string) error {
	if x == y {
		return errSlow
	}
	return nil
}

func slowly(x, y string) error {
	err := busy(x, y)
	if err != nil {
		return fmt.Errorf("slowly: %w", err)
	}
	return nil
}

func large(x, y string) error {
	if x != y {
		return nil
	}
	return errLarge
}

func writeError(g *gin.Context, err error) {
	var refused *Refused
	if errors.As(err, &refused) {
		g.JSON(refused.Status, gin.H{"error": err.Error()})
		return
	}
	var coded Coded
	if errors.As(err, &coded) {
		g.JSON(statusOfError[coded.code], gin.H{"error": true})
		return
	}
	if s, ok := err.(statuser); ok {
		g.JSON(s.StatusCode(), gin.H{"error": true})
		return
	}
	status := http.StatusInternalServerError
	switch {
	case err == errTeapot:
		status = http.StatusTeapot
	case errors.Is(err, errMisdirect):
		status = http.StatusMisdirectedRequest
	case errors.Is(err, errSlow):
		status = http.StatusTooManyRequests
	case errors.Is(err, errNone):
		status = http.StatusRequestHeaderFieldsTooLarge
	}
	g.JSON(status, gin.H{"error": true})
}

func settled(x, y string) bool {
	if err := misdirect(x, y); err != nil {
		return false
	}
	return true
}

func nested(x, z, y string, first, second int) error {
	if err := misdirect(x, y); errors.Is(err, errMisdirect) {
		return NewRefused(first)
	}
	err := busy(z, y)
	if errors.Is(err, errSlow) {
		return NewRefused(second)
	} else if err != nil {
		return err
	}
	return nil
}

func recovered(x, y string) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = errSlow
		}
	}()
	if x == y {
		panic("wrong")
	}
	return nil
}
`,
  steps: {
    mapped: [(use) => (thrownAs[use.status] as (use: Use) => string)(use)],
    is: [
      ({ x, y, status, answer }) => `if !settled(${x}, ${y}) {\n  ${answer(String(status))}}\n`,
      ({ x, y, status, answer }) =>
        `if err := slowly(${x}, ${y}); errors.Is(err, errSlow) {\n  ${answer(String(status))}}\n`,
      ({ x, y, status, answer }) => `if recovered(${x}, ${y}) != nil {\n  ${answer(String(status))}}\n`,
    ],
    first: [
      ({ x, z, y, status, second }) => refused(`nested(${x}, ${z}, ${y}, ${status}, ${second})`),
      ({ x, z, y, status, second, answer }) =>
        `if err := busy(${x}, ${y}); err != nil {\n  switch err {\n  case errSlow:\n    ${answer(String(status))}  }\n}\nif errors.Is(slowly(${z}, ${y}), errSlow) {\n  ${answer(String(second))}}\n`,
    ],
    both: [
      ({ x, z, y, status, answer }) =>
        `if err := busy(${x}, ${y}); ${z} != "" && err != nil {\n  ${answer(String(status))}}\n`,
    ],
  },
  tests: [(x, y) => `busy(${x}, ${y}) != nil`, (x, y) => `!settled(${x}, ${y})`],
}
