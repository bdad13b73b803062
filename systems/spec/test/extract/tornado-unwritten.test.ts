import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

test('a handler of Tornado that writes nothing answers with the status that it set on the way [SPEC-EXTRACT-10]', async () => {
  const found = await printedAnswers({
    'requirements.txt': 'tornado==6.4',
    'app.py': `
import tornado.web
class Base(tornado.web.RequestHandler):
    def is_fresh(self, tag):
        if self.request.headers.get("If-None-Match") == tag:
            self.set_status(304)
            return True
        return False
class Ropes(Base):
    def get(self):
        self.set_header("Etag", ropes.tag())
        if self.check_etag_header():
            self.set_status(304)
            return
        self.write({"ropes": []})
class Knots(Base):
    def get(self):
        if self.is_fresh(knots.tag()):
            return
        self.write({"knots": []})
class Boats(Base):
    def put(self):
        name = self.get_argument("name", None)
        if name is None:
            self.set_status(404)
        elif name == "ferry":
            self.set_status(423)
            self.write({"error": "moored"})
        else:
            self.write({"boat": name})
class Sails(Base):
    def post(self):
        if not self.get_argument("name", None):
            self.set_status(400)
            return
        if self.get_argument("name") == "ferry":
            self.send_error(409)
            return
        sails.add()
        self.set_status(201)
app = tornado.web.Application([(r"/ropes", Ropes), (r"/knots", Knots), (r"/boats", Boats), (r"/sails", Sails)])
app.listen(80)
`,
  })
  expect(found).toEqual({
    '/boats': ['423 moored where form.name == ferry and form.name', '404 where !form.name', '200'],
    '/knots': ['200', '304'],
    '/ropes': ['200', '304'],
    '/sails': ['400 where !form.name', '409 where form.name == ferry and form.name', '201'],
  })
})
