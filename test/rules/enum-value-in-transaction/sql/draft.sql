alter type mood add value 'loud';
update place set mood = 'loud' where name = 'Harbour';
