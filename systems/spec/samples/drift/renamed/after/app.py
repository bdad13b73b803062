from flask import Flask, abort, jsonify, request

import loans

app = Flask(__name__)


@app.route('/loans')
def all_loans():
    return jsonify(loans.all()), 200


@app.route('/loans', methods=['POST'])
def borrow():
    book = loans.copy(request.json['copy'])
    if book.is_lent:
        abort(409)
    return jsonify(loans.lend(book)), 201


@app.route('/loans/<id>')
def one_loan(id):
    found = loans.find(id)
    if found is None:
        abort(404)
    return jsonify(found), 200
