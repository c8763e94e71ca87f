-- identity-to-autoincrement

