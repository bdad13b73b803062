import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles, summarize } from '../packs/fixture.ts'

/** A service that reads `order` from the body of `POST /orders` and answers 400 where `checkOrder` gives an error. */
const service = (fields: string, check: string, more = '') => ({
  'go.mod': 'module shop\n\ngo 1.22\n',
  'main.go': `package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"time"

	"example.org/container"
	"github.com/go-openapi/validate"
)

type order struct {
${fields}
}
${more}
func checkOrder(o *order, r *http.Request) error {
${check}
	return nil
}

func create(w http.ResponseWriter, r *http.Request) {
	o := &order{}
	if err := json.NewDecoder(r.Body).Decode(o); err != nil {
		http.Error(w, "no order", http.StatusBadRequest)
		return
	}
	if err := checkOrder(o, r); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.WriteHeader(http.StatusCreated)
}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /orders", create)
	http.ListenAndServe(":80", mux)
}
`,
})

async function bounds(files: Record<string, string>): Promise<{ constraints: string[]; required: string[] }> {
  const found = await extractFiles(files)
  const bodies = factsOf(found.set.facts, 'body').flatMap(({ shape }) =>
    shape.type === 'object'
      ? shape.fields
      : (factsOf(found.set.facts, 'model').find((one) => shape.type === 'model' && one.name === shape.name)
          ?.fields ?? []),
  )
  const queries = factsOf(found.set.facts, 'parameter')
  return {
    constraints: summarize(found).constraints['POST /orders'] ?? [],
    required: [...bodies, ...queries].filter(({ isRequired }) => isRequired).map(({ name }) => name),
  }
}

test('each bound of a long validation of Go over several functions is read, beside checks that are not known [SPEC-EXTRACT-05]', async () => {
  const found = await bounds(
    service(
      `	Width *uint \`json:"width"\`
	Height *uint \`json:"height"\`
	Mode *mode \`json:"mode"\`
	Days uint32 \`json:"days"\`
	Wait float64 \`json:"wait"\`
	Paid state \`json:"paid"\`
	Lang string \`json:"lang"\`
	Size string \`json:"size"\`
	Kind string \`json:"kind"\`
	Note string \`json:"note"\`
	Email string \`json:"email"\``,
      `	if err := outside(o); err != nil {
		return err
	}
	if err := within(o.Width, 1, 32); err != nil {
		return fmt.Errorf("width: %w", err)
	}
	if err := within(o.Height, 0, container.Most); err != nil {
		return fmt.Errorf("height: %w", err)
	}
	if err := o.checkMode(); err != nil {
		return err
	}
	if !isInterval(o.Days) {
		return errors.New("days")
	}
	if time.Duration(o.Wait)*time.Millisecond < time.Hour {
		return errors.New("wait")
	}
	if o.Paid == unknown {
		return errors.New("paid")
	}
	if !languages.Has(o.Lang) {
		return errors.New("lang")
	}
	if !sizes[o.Size] {
		return errors.New("size")
	}
	if _, ok := kinds[o.Kind]; !ok {
		return errors.New("kind")
	}
	if o.Note != "" && len(o.Note) > 10 {
		return errors.New("note")
	}
	if !address.MatchString(o.Email) {
		return errors.New("email")
	}`,
      `
type mode string
type state uint8

const (
	byPost mode = "post"
	byHand mode = "hand"
)

const (
	unknown state = iota
	paid
	open
)

var languages = container.NewMapSet("de", "en")
var sizes = map[string]bool{"m": true, "s": true}
var kinds = map[string]int{"book": 1, "map": 2}
var address = regexp.MustCompile("^.+@.+$")

func outside(o *order) error {
	for _, one := range container.All() {
		if err := one.Check(o.Note); err != nil {
			return fmt.Errorf("outside: %w", err)
		}
	}
	return nil
}

func within(given *uint, least, most uint) error {
	if given == nil {
		return nil
	}
	n := *given
	switch {
	case n < least:
		return fmt.Errorf("%d is less than %d", n, least)
	case n > most:
		return fmt.Errorf("%d is more than %d", n, most)
	}
	return nil
}

func (o *order) checkMode() error {
	if o.Mode == nil {
		return nil
	}
	switch m := *o.Mode; m {
	case byPost, byHand:
		return nil
	default:
		return fmt.Errorf("no mode %q", m)
	}
}

func isInterval(days uint32) bool {
	return days == 0 || days == 1 || days == 7
}
`,
    ),
  )
  expect(found.constraints).toEqual([
    'body.days enum 0,1,7',
    'body.email pattern ^.+@.+$',
    'body.height minimum 0',
    'body.kind enum book,map',
    'body.lang enum de,en',
    'body.mode enum post,hand',
    'body.note maxLength 10',
    'body.size enum m,s',
    'body.wait minimum 3600000',
    'body.width maximum 32',
    'body.width minimum 1',
  ])
  // A pointer may be left out; 0 days are allowed.
  expect(found.required).toEqual(['wait', 'paid', 'lang', 'size', 'kind', 'email'])
})

test('errors and problems that Go code collects are read one by one [SPEC-EXTRACT-05]', async () => {
  const found = await bounds(
    service(
      `	Title string \`json:"title"\`
	Year int \`json:"year"\`
	Tags []string \`json:"tags"\``,
      `	v := &checker{problems: make(map[string]string)}
	v.check(o.Title != "", "title", "is missing")
	v.check(len(o.Title) <= 50, "title", "is long")
	v.check(o.Year >= 1888 && o.Year < 3000, "year", "is none")
	if !v.isGood() {
		return errors.New("bad order")
	}
	var errs []error
	if len(o.Tags) == 0 {
		errs = append(errs, errors.New("tags"))
	}
	if page := r.URL.Query().Get("page"); page != "" {
		if n, err := strconv.Atoi(page); err != nil || n < 1 {
			errs = append(errs, errors.New("page"))
		}
	}
	if len(errs) > 0 {
		return errs[0]
	}`,
      `
type checker struct {
	problems map[string]string
}

func (c *checker) isGood() bool { return len(c.problems) == 0 }

func (c *checker) check(ok bool, name, problem string) {
	if ok {
		return
	}
	if _, isThere := c.problems[name]; !isThere {
		c.problems[name] = problem
	}
}
`,
    ),
  )
  expect(found.constraints).toEqual([
    'body.tags minItems 1',
    'body.title maxLength 50',
    'body.title minLength 1',
    'body.year exclusiveMaximum 3000',
    'body.year minimum 1888',
    'page minimum 1',
  ])
  expect(found.required).toEqual(['title', 'year', 'tags'])
})

test('types of Go that read themselves from a text, and checks of generated models, bound what is read [SPEC-EXTRACT-05]', async () => {
  const files = service(
    `	Theme theme \`json:"theme"\`
	Name *string \`json:"name"\`
	Code string \`json:"code"\``,
    `	if err := validate.Required("name", "body", o.Name); err != nil {
		return err
	}
	if err := validate.MaxLength("code", "body", o.Code, 8); err != nil {
		return err
	}`,
    `
type theme string

func (t *theme) UnmarshalText(b []byte) error {
	switch string(b) {
	case "dark", "light":
		*t = theme(b)
	default:
		return fmt.Errorf("no theme %q", b)
	}
	return nil
}
`,
  )
  const found = await bounds(files)
  expect(found.constraints).toEqual(['body.code maxLength 8', 'body.theme enum dark,light'])
  expect(found.required).toEqual(['name'])
})

test('what is only refused with something else is no bound [SPEC-EXTRACT-05]', async () => {
  const files = service(
    `	Code string \`json:"code"\`
	Size int \`json:"size"\``,
    `	if container.IsStrict() && len(o.Code) > 8 {
		return errors.New("code")
	}
	if o.Size > 9 && o.Code == "x" {
		return errors.New("size")
	}`,
  )
  expect(await bounds(files)).toEqual({ constraints: [], required: [] })
})

test('an error of Go is told to be one of the repository only where it may be: by %w, not by what it says, and not from outside [SPEC-EXTRACT-05]', async () => {
  const found = await extractFiles({
    'go.mod': 'module shop\n\ngo 1.22\n',
    'main.go': `package main

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"strconv"
)

var errMissing = errors.New("missing")
var errTaken = errors.New("taken")

type store struct{ dir string }

func open(dir string) (*store, error) {
	if dir == "" {
		return nil, errors.New("no folder")
	}
	return &store{dir: dir}, nil
}

func (s *store) size(name string) (int, error) {
	info, err := os.ReadFile(name)
	if err != nil {
		return 0, fmt.Errorf("reading %s of %v: %w", name, errTaken, err)
	}
	n, err := strconv.Atoi(string(info))
	if err != nil {
		return 0, err
	}
	return n, nil
}

func (s *store) find(name string) (int, error) {
	if name == "none" {
		return 0, fmt.Errorf("%s: %w", name, errMissing)
	}
	return s.size(name)
}

func answer(w http.ResponseWriter, err error) {
	switch {
	case errors.Is(err, errMissing):
		http.Error(w, "missing", http.StatusNotFound)
	case errors.Is(err, errTaken):
		http.Error(w, "taken", http.StatusConflict)
	default:
		http.Error(w, "broken", http.StatusInternalServerError)
	}
}

type server struct{ files *store }

func (s *server) read(w http.ResponseWriter, r *http.Request) {
	if _, err := s.files.size(r.URL.Query().Get("name")); err != nil {
		answer(w, err)
	}
}

func (s *server) look(w http.ResponseWriter, r *http.Request) {
	if _, err := s.files.find(r.URL.Query().Get("name")); err != nil {
		answer(w, err)
	}
}

func main() {
	files, err := open(os.Args[1])
	if err != nil {
		panic(err)
	}
	s := &server{files: files}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /read", s.read)
	mux.HandleFunc("GET /look", s.look)
	http.ListenAndServe(":80", mux)
}
`,
  })
  const path = new Map(factsOf(found.set.facts, 'operation').map((one) => [one.id, one.path]))
  const errors = factsOf(found.set.facts, 'error').map(
    ({ operation, status }) => `${path.get(operation)} ${status}`,
  )
  expect(errors.toSorted()).toEqual(['/look 404', '/look 500', '/read 500'])
})

test('a file of a form that Go can not find is required, and what is counted in a loop is any number [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module app\n\nrequire github.com/gin-gonic/gin v1.10.0\n',
    'main.go': `package main

import "github.com/gin-gonic/gin"

func restore(c *gin.Context) {
	if _, _, err := c.Request.FormFile("file"); err != nil {
		c.AbortWithStatus(422)
		return
	}
	count := 0
	for range c.QueryArray("part") {
		count++
	}
	if count > 5 {
		c.AbortWithStatus(409)
		return
	}
	c.Status(204)
}

func main() {
	r := gin.New()
	r.POST("/restore", restore)
	r.Run()
}
`,
  })
  expect(set.facts.find((fact) => fact.kind === 'parameter' && fact.name === 'file')).toMatchObject({
    in: 'form',
    isRequired: true,
  })
  expect(
    set.facts.flatMap((fact) => (fact.kind === 'error' ? [fact.status] : [])).toSorted((a, b) => a - b),
  ).toEqual([409, 422])
})

test('a long call that fails is told by its name [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'go.mod': 'module app\n\nrequire github.com/gorilla/mux v1.8.1\n',
    'main.go': `package main

import (
	"net/http"

	"example.com/elsewhere/store"
	"github.com/gorilla/mux"
)

func one(w http.ResponseWriter, r *http.Request) {
	id := mux.Vars(r)["id"]
	found, err := store.Open("a text of some length", "and another one", "and one more of them").Find(id)
	if err != nil {
		http.Error(w, "broken", 500)
		return
	}
	w.Write(found)
}

func main() {
	r := mux.NewRouter()
	r.HandleFunc("/crates/{id}", one).Methods("GET")
	http.ListenAndServe(":1", r)
}
`,
  })
  const errors = set.facts.flatMap((fact) => (fact.kind === 'error' ? [fact] : []))
  expect(errors.map(({ status }) => status)).toEqual([500])
  expect(JSON.stringify(errors[0]?.condition)).toContain('‹Find(…) failed#')
})
