insert into auth.users (id) values ('6f9619ff-8b86-d011-b42d-00c04fc964ff');
insert into public.profile (id, handle) values ('6f9619ff-8b86-d011-b42d-00c04fc964ff', 'anna');
insert into public.recipe (profile_id, title, state, minutes) values
  ('6f9619ff-8b86-d011-b42d-00c04fc964ff', 'Soup', 'published', 40),
  ('6f9619ff-8b86-d011-b42d-00c04fc964ff', 'Bread', 'draft', null);
insert into public.ingredient (recipe_id, name, grams) select id, 'Salt', 5 from public.recipe;
