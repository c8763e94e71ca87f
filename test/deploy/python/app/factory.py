from flask_migrate import Migrate, upgrade

def create_app():
    with app.app_context():
        upgrade()
