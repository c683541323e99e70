from django.urls import path

from maillage.plan.views import action, action_edit, board, budget, convention, dashboard, goal, parts, plan, table

SPACE = "espace/<slug:slug>/"

urlpatterns = [
    path(SPACE, dashboard.dashboard, name="dashboard"),
    path(SPACE + "ensemble/", dashboard.overview, name="overview"),
    path(SPACE + "plan/", plan.plan, name="plan"),
    path(SPACE + "plan/colonnes/", board.plan_board, name="plan_board"),
    path(SPACE + "actions/<int:pk>/deplacer/", board.action_move, name="action_move"),
    path(SPACE + "plan/tableau/", table.plan_table, name="plan_table"),
    path(SPACE + "plan/tableau/classeur/", table.plan_table_workbook, name="plan_table_workbook"),
    path(SPACE + "plan/tableau/lignes/", table.plan_table_lines, name="plan_table_lines"),
    path(SPACE + "recherche/", plan.search, name="search"),
    path(SPACE + "convention/", convention.convention, name="convention"),
    path(SPACE + "convention/nouvelle/", convention.convention_new, name="convention_new"),
    path(SPACE + "convention/modifier/", convention.convention_edit, name="convention_edit"),
    path(SPACE + "convention/niveaux/", convention.levels, name="levels"),
    path(SPACE + "convention/historique/", convention.convention_history, name="convention_history"),
    path(SPACE + "objectifs/nouveau/", goal.goal_new, name="goal_new"),
    path(SPACE + "objectifs/<int:pk>/", goal.goal, name="goal"),
    path(SPACE + "objectifs/<int:pk>/modifier/", goal.goal_edit, name="goal_edit"),
    path(SPACE + "objectifs/<int:pk>/supprimer/", goal.goal_delete, name="goal_delete"),
    path(SPACE + "objectifs/<int:pk>/historique/", goal.goal_history, name="goal_history"),
    path(SPACE + "actions/nouvelle/", action_edit.action_new, name="action_new"),
    path(SPACE + "actions/<int:pk>/", action.action, name="action"),
    path(SPACE + "actions/<int:pk>/historique/", action.action_history, name="action_history"),
    path(SPACE + "actions/<int:pk>/etat/", action_edit.action_state, name="action_state"),
    path(SPACE + "actions/<int:pk>/sante/", action_edit.action_health, name="action_health"),
    path(SPACE + "actions/<int:pk>/nouvelles/", action_edit.action_news, name="action_news"),
    path(SPACE + "actions/<int:pk>/objectifs/", action_edit.action_goals, name="action_goals"),
    path(SPACE + "actions/<int:pk>/supprimer/", action_edit.action_delete, name="action_delete"),
    path(SPACE + "actions/<int:pk>/modifier/<slug:section>/", action_edit.action_edit, name="action_edit"),
    path(SPACE + "financements/", budget.budget, name="budget"),
    path(SPACE + "financements/classeur/", budget.budget_workbook, name="budget_workbook"),
    path(SPACE + "financements/lignes/", budget.budget_lines, name="budget_lines"),
    path(SPACE + "etapes/<int:pk>/faite/", parts.milestone_done, name="milestone_done"),
    path(SPACE + "<slug:part>/ajouter/<int:holder_pk>/", parts.part_add, name="part_add"),
    path(SPACE + "<slug:part>/<int:pk>/modifier/", parts.part_edit, name="part_edit"),
    path(SPACE + "<slug:part>/<int:pk>/retirer/", parts.part_remove, name="part_remove"),
]
